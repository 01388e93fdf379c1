### Events: what the bot writes of its own accord, and the jobs of the schedule.

event-when-today = Today at { $time }
event-when-tomorrow = Tomorrow at { $time }
event-when-day = { $date } at { $time }

event-notice-reminder = { $when }: { $title }, { $place }
event-notice-change = Change of plan. { $when }: { $title }, { $place }
event-notice-still-seated = Your place is still yours. If it no longer suits you, press “I can't come” and it goes to someone who is waiting.
event-notice-still-waiting = You are still on the waiting list. We will write as soon as a place is free.
event-notice-cancelled = Cancelled. { $when } will not take place: { $title }, { $place }
event-notice-offer = { $when } there is a place for you: { $title }, { $place }
event-notice-offer-until = Please answer by then: { $until }. After that we offer it to the next person.
event-notice-absence = Couldn't make it: { $title }? It happens. Tell us what got in the way, and we will look for something that suits you better. You don't have to answer.

event-why-time = The time didn't suit me
event-why-far = Too far to get there
event-why-forgot = It slipped my mind
event-why-other = Something else

button-notice-events = See other events
button-notice-event-open = Details
button-notice-event-cannot = I can't come
button-notice-event-take = I'll come
button-notice-event-decline = Pass it on

cause-attendance = came to an event

job-event-offers = event places: passing them on
job-event-reminders = reminders of events
job-event-closing = closing past events

job-count-lapsed = did not answer in time
job-count-offered = places offered
job-count-reminders = reminders queued
job-count-absent = did not come
job-count-attended = marked as present
job-count-asked = asked what got in the way
job-count-attempts = old attempts at a code dropped
