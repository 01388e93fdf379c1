### Events for a student: lists, a month, the card, files, checking in by a code.

command-events = Events and sign-ups

button-events = Events
button-event-month = Calendar
button-event-list = As a list
button-event-mine = My sign-ups
button-event-all = All events
button-event-sooner = ← Sooner
button-event-later = Later →
button-event-open = Open the event
button-event-sign-up = Sign up
button-event-sign-up-again = Sign up again
button-event-wait = Join the waiting list
button-event-leave-line = Leave the waiting list
button-event-confirm = I'll come
button-event-decline = Give the place away
button-event-cancel = I can't come
button-event-here = I'm here
button-event-calendar = Add to calendar
button-event-uncalendar = Remove from calendar
button-event-map = On the map
button-event-certificate = Certificate of attendance
button-event-back-list = ← To the list
button-event-back-mine = ← My sign-ups
button-event-back-day = ← To that day
button-event-back-month = ← Calendar

event-count = { $count ->
    [0] Nothing is planned yet.
    [one] { $count } event.
   *[other] { $count } events.
}
event-day-marked = { $day }•

event-mark-registered = you are signed up
event-mark-confirmed = you are signed up
event-mark-waiting = you are on the waiting list
event-mark-offered = there is a place for you
event-mark-attended = you were there
event-mark-absent = you couldn't make it
event-mark-off = cancelled
event-mark-now = under way
event-mark-full = no places at the moment

event-kind-fair = Job fair
event-kind-career_day = Career day
event-kind-employer_day = Employer's day
event-kind-excursion = Company visit
event-kind-resume_training = Résumé training
event-kind-interview_training = Interview training
event-kind-master_class = Master class
event-kind-seminar = Seminar
event-kind-conference = Conference
event-kind-competition = Competition
event-kind-profession_test = Hands-on taste of a trade

event-for-college = all students of the college
event-for-region = all students of the region
event-for-specialties = specialties { $values }
event-for-requests = looking for: { $values }
event-for-groups = certain groups
event-for-years = graduating in { $values }
event-fits-specialties = your specialty
event-fits-requests = what you came for
event-fits-groups = your group
event-fits-years = your year of graduation

event-seats = { $count ->
    [one] { $count } place left.
   *[other] { $count } places left.
}
event-seats-waiting = { $count ->
    [one] { $count } person is on the waiting list.
   *[other] { $count } people are on the waiting list.
}

event-bell-on = 🔔 { $when }
event-bell-off = 🔕 { $when }
event-remind-24 = a day before
event-remind-2 = 2 hours before

event-standing-registered = ✅ You are signed up.
event-standing-confirmed = ✅ The place is yours.
event-standing-waiting = ⏳ You are on the waiting list, number { $place }. We will write as soon as a place is free.
event-standing-offered = 🎟 There is a place for you! Please confirm by { $until }; after that we offer it to the next person.
event-standing-absent = You couldn't make it. It happens: there are other events ahead.
event-standing-cancelled = You gave your place back. If your plans change, you can sign up again.
event-standing-off = The event is cancelled. Have a look at what else there is.
event-standing-attended = ✅ You were at this event. How was it? Press the stars.
event-standing-here = ✅ You are here. Enjoy! Afterwards press the stars: how was it?
event-standing-rated = ✅ You were at this event. Your rating: { $stars }
event-standing-say = ✅ Your rating: { $stars } Anything to add? Write one sentence: what you liked, what to change. The report will not name you.

event-now-registered = You are signed up. If you can't come, one button says so.
event-now-waiting = You are on the waiting list. We will write as soon as a place is free.
event-now-offered = The place is kept for you. Please confirm that you'll come.
event-now-confirmed = Great, see you there!
event-now-cancelled = Thanks for letting us know. If you change your mind, you can sign up again.
event-now-attended = You are checked in already. Enjoy!
event-now-absent = The event is over.

event-refused-gone = This event is gone, or it is for another college. Have a look at what there is for you.
event-refused-not-for-you = This event is for other students. Have a look at what there is for you.
event-refused-not-published = The event is still being prepared. Look in a little later.
event-refused-published = The event has been announced already.
event-refused-cancelled = The event is cancelled. Have a look at what else there is.
event-refused-over = The event has begun or is over. There are others ahead.
event-refused-not-yet = A little early: you can check in from half an hour before the start.
event-refused-closed = Signing up is over. Ask at the career centre: perhaps there is a place.
event-refused-full = No places at the moment. Join the waiting list: we will write when one is free.
event-refused-seats-taken = More places than that are taken already.
event-refused-already = You are signed up already.
event-refused-already-waiting = You are on the waiting list already.
event-refused-offered = There is a place for you: please confirm that you'll come.
event-refused-offer-gone = The place has been offered to the next person. You can join the waiting list again.
event-refused-not-registered = You are not on the list. Ask the organiser: if there is a place, they will check you in.
event-refused-no-seat = You are on the waiting list. Ask the organiser: perhaps somebody has not come.
event-refused-not-there = It looks as if you were not checked in. If you were there, tell the career centre.
event-refused-already-in = You are checked in already. Enjoy!
event-refused-wrong-code = That code does not fit. Look at the six digits on the screen and type them again.
event-refused-code-expired = That code has changed by now. Type the one on the screen.
event-refused-other-event = That code is for another event. Make sure you are at the right place and type the code again.
event-refused-too-many = A lot of attempts in a row. Wait ten minutes, or ask the organiser to check you in.
event-refused-staff-only = Here the organiser checks people in. Please go to them.
event-refused-nobody = Nobody has this code.

event-code-asked = Type the six digits on the organiser's screen, for example 123 456. Or point your phone's camera at the QR code.
event-code-digits = Six digits from the organiser's screen are needed, for example 123 456.
event-came = You are here: checked in!
event-rated = Thanks for the rating!
event-commented = Thank you, we'll pass it on without your name. The next event will be better for it.
event-explained = Thank you, we'll bear it in mind. Do come to the next one!
event-first-profile = The event waits here. First let's get acquainted, it takes a couple of minutes; then press “Open the event”.
event-profile-first = Please answer the questions below first, it takes a couple of minutes. The event will wait.

event-organiser-region = Career centre of the region
event-calendar-file = Event { $code }.ics
event-calendar-in = Open the file and the event goes into your calendar. If the time changes, we will tell you and send a new file.
event-calendar-out = Open the file and the calendar takes the event out. If it stays, remove it by hand.
event-certificate-file = Certificate of attendance.docx
event-certificate-later = The certificate will be ready when the event is over.
