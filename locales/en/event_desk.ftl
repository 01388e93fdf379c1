### Events for staff: plan, see it as a student does, announce, run, sum up.

command-event-new = A new event

## Questions

event-new-start = <b>A new event.</b> Start from one of the last, or from scratch? For a copy I only ask for the new date.
event-ask-kind = <b>A new event.</b> What will it be?
event-ask-title = What is it called? For example: “Your first job interview”.
event-ask-when = When? Choose a day, or write the day and time, for example: 14.03 15:00.
event-ask-hour = { $day }: at what time does it start? Choose, or write it, for example 15:30.
event-ask-length = How long will it be? Choose, or write: “90 minutes”, “2 hours”, “1:30”.
event-ask-place = Where? A room or an address, for example “5 Gagarin Street, room 214”.
event-ask-map = A link to a map? It begins with https://
event-ask-employer = Which employer takes part? For example: Metallist LLC.
event-ask-seats = How many seats? Choose, or write a number. Once they are gone, the bot keeps a waiting list.
event-ask-quotas = { $count ->
    [0] Keep seats for colleges? Choose a college. Without quotas the seats are for all.
    [one] { $count } seat is kept for colleges, the others are for all.
   *[other] { $count } seats are kept for colleges, the others are for all.
}
event-ask-quota = How many seats to keep for { $college }? Write a number.
event-quota-line = { $college }: { $seats }
event-ask-deadline = Until when can people sign up? Choose, or write the day and time, for example: 13.03 18:00.
event-ask-audience = Who is the event for?
event-ask-attendance = Who counts as having come?
event-ask-rotating = Change the code at the door every 30 seconds? A screenshot is then no use to a friend at home, but you need a screen that everyone can see.
event-ask-description = What is it about? A couple of sentences: what will happen, what to bring.

event-new-refused-title = It needs a name in words, up to 200 characters. For example “Open day at the factory”.
event-new-refused-when = That time is past. Choose a later one.
event-new-refused-length = I could not read that. Write for example “90 minutes”, “2 hours” or “1:30”. Two weeks at most.
event-new-refused-place = It needs a place in words, up to 300 characters. For example “room 214”.
event-new-refused-map = The link must begin with https:// and have no spaces. If there is none, press “Skip”.
event-new-refused-employer = It needs the name of an organisation, up to 300 characters. If there is none, press “Skip”.
event-new-refused-seats = It needs a number of seats, at least one. For example 25.
event-new-refused-quotas = That makes more quotas than seats. Write a smaller number.
event-new-refused-deadline = I could not read that, or it is after the beginning. Write the day and time, for example: 13.03 18:00.
event-new-refused-description = That is rather long, or has no words: up to 1500 characters, please.

event-problem-title = The name is empty or longer than 200 characters.
event-problem-place = The place is empty or longer than 300 characters.
event-problem-description = The description is longer than 1500 characters.
event-problem-employer = The employer’s name is longer than 300 characters.
event-problem-link = The map’s link must begin with https://
event-problem-past = That time is past. Choose a later one.
event-problem-end = The end must be after the beginning, by no more than two weeks.
event-problem-deadline = Signing up cannot close after the beginning.
event-problem-seats = There must be at least one seat.
event-problem-quotas = The quotas are more than the seats.
event-problem-zone = There is no such time zone.
event-problem-region = There are several regions, and I do not know whose event this is. Ask a college’s specialist to make it.

event-length = { $hours } h { $minutes } min
event-length-hours = { $hours } h
event-length-minutes = { $minutes } min
event-deadline-0 = Until it begins
event-deadline-120 = 2 hours before
event-deadline-1440 = A day before
event-deadline-2880 = Two days before
event-attendance-code = Who enters the code
event-attendance-staff = Whom I mark
event-attendance-signed_up = All who signed up

event-part-kind = What it is
event-part-title = Name
event-part-when = When
event-part-length = Length
event-part-place = Place
event-part-map = Map
event-part-employer = Employer
event-part-seats = Seats
event-part-quotas = Quotas of colleges
event-part-deadline = Until when to sign up
event-part-audience = Who it is for
event-part-attendance = Who counts as having come
event-part-rotating = Changing code
event-part-description = Description

event-reach = { $count ->
    [0] It fits nobody so far: look at who it is for.
    [one] { $count } person will see it.
   *[other] { $count } people will see it.
}
event-new-published = Announced. Students whom it fits will see it in /events. The link for chats and posters is on the card.
event-new-saved = { $count ->
    [0] Saved.
    [one] Saved, telling { $count } person.
   *[other] Saved, telling { $count } people.
}
event-new-draft-kept = The draft is kept. You will find it in /events

button-event-desk-from-nothing = From scratch
button-event-desk-any-seats = No limit
button-event-desk-everybody = Everybody again
button-event-desk-for-all = For everybody
button-event-desk-common = All seats are for all
button-event-desk-chosen = That is all
button-event-desk-no-quota = No quota
button-event-desk-draft = Keep as a draft
button-event-desk-unchanged = Change nothing
button-event-desk-save = Save the changes
button-event-desk-give-up = Do not create it
button-event-desk-open = Open the card

## List and card

event-desk-coming = <b>Your events.</b> Coming, with drafts:
event-desk-coming-none = Nothing is coming so far.
event-desk-past = <b>Your events.</b> Past and cancelled:
event-desk-past-none = There are no past events yet.
event-desk-line-draft = ✏️ { $line }
event-desk-line-cancelled = ✖ { $line }
event-desk-told = { $count ->
    [0] Done.
    [one] Done, telling { $count } person.
   *[other] Done, telling { $count } people.
}
event-desk-discarded = The draft is deleted.
event-desk-draft = A draft: students do not see it
event-desk-published = Announced
event-desk-cancelled = Cancelled
event-desk-held = Held

button-event-desk-new = New event
button-event-desk-coming = Coming ones
button-event-desk-past = Past ones
button-event-desk-publish = Publish
button-event-desk-people = Participants
button-event-desk-door = Code and QR
button-event-desk-summary = Summary
button-event-desk-change = Change
button-event-desk-move = Move
button-event-desk-copy = Hold it again
button-event-desk-repeat = Every week
button-event-desk-hold = Finish
button-event-desk-cancel = Cancel the event
button-event-desk-discard = Delete the draft
button-event-desk-list = ← To the list
button-event-desk-card = ← To the event

event-desk-sure-cancel = { $count ->
    [0] Cancel “{ $title }”? Nobody has signed up yet.
    [one] Cancel “{ $title }”? { $count } person will be told.
   *[other] Cancel “{ $title }”? { $count } people will be told.
}
event-desk-sure-hold = Finish “{ $title }”? Whoever is not marked will count as not having come. You can put marks right later.
event-desk-sure-discard = Delete the draft “{ $title }”?
button-event-desk-sure-cancel = Yes, cancel it
button-event-desk-sure-hold = Yes, finish it
button-event-desk-sure-discard = Yes, delete it
event-desk-moving = { $count ->
    [0] It was: { $before }. It will be: <b>{ $when }</b>. Nobody has signed up yet.
    [one] It was: { $before }. It will be: <b>{ $when }</b>. { $count } person will be told.
   *[other] It was: { $before }. It will be: <b>{ $when }</b>. { $count } people will be told.
}
button-event-desk-move-sure = Yes, move it

event-desk-refused-not-published = Publish the event first.
event-desk-refused-published = The event is announced already: it cannot be deleted, but cancelled.
event-desk-refused-cancelled = The event is cancelled already.
event-desk-refused-over = The event is finished already.
event-desk-refused-not-yet = Too early: people can be marked from half an hour before it begins, it can be finished after that.
event-desk-refused-full = There are no seats left. Mark those who did not come: their seats become free.
event-desk-refused-seats-taken = More seats than that are taken. You can go down to the number of people signed up.
event-desk-refused-already-in = Marked already.
event-desk-refused-already = Marked as not having come already.
event-desk-refused-not-registered = This person has not signed up.
event-desk-refused-no-seat = This person is on the waiting list: no need to mark them as not having come.
event-desk-refused-nobody = None of your students has this code. It stands on the student’s card, for example K7MN-4QP2.

## Participants and the door

event-desk-person-registered = { $person }
event-desk-person-confirmed = { $person }
event-desk-person-offered = 🎟 { $person }
event-desk-person-waiting = ⏳ { $place }. { $person }
event-desk-person-attended = ✅ { $person }
event-desk-person-absent = ✖ { $person }
event-desk-walked-in = Marked: { $code }
event-desk-press-came = Press a person when they have come. Somebody came without signing up? Write the student’s code.
event-desk-press-absent = Press a person who is not here: the seat becomes free. The same takes a wrong mark back.
button-event-desk-mark-came = Mark who came
button-event-desk-mark-absent = Mark who is not here
button-event-desk-table = XLSX list
button-event-desk-by-hand = Mark by hand
button-event-desk-picture = Show the QR code
button-event-desk-new-code = New code

event-sheet-file-name = Participants { $date }.xlsx
event-sheet-caption = Participants: { $title }. There are names in the file: pass it on no further than needed.
event-sheet-name = Participants
event-sheet-title = { $title }, { $when }
event-sheet-mark = Taken by { $who }, { $when }
event-sheet-number = No.
event-sheet-code = Code
event-sheet-person = Name
event-sheet-group = Group
event-sheet-organisation = College
event-sheet-state = Status
event-sheet-came-at = Marked at
event-sheet-came-by = Marked how
event-state-registered = signed up
event-state-confirmed = confirmed
event-state-offered = seat offered
event-state-waiting = waiting
event-state-attended = came
event-state-absent = did not come
event-came-code = by code
event-came-staff = by hand
event-came-signed_up = by signing up
event-came-walk_in = walked in

## A series

event-desk-weeks = “{ $title }”, { $when }. For how many weeks in a row shall it be repeated?
event-desk-series = { $count ->
    [0] Nothing came of it: those days are past.
    [one] { $count } draft is ready:
   *[other] { $count } drafts are ready:
}
event-desk-series-published = { $count ->
    [one] { $count } event is announced.
   *[other] { $count } events are announced.
}
button-event-desk-publish-all = Publish all: { $count }
