### Campaigns: a specialist to their students, a coordinator to the staff of the centres.

command-campaign = New campaign
command-campaigns = Campaigns: progress and reports

## Audience

campaign-dimension-groups = Group
campaign-dimension-specialties = Specialty
campaign-dimension-years = Final year
campaign-dimension-levels = Level
campaign-dimension-requests = Request
campaign-dimension-factors = Factor
campaign-request-first_profession = first trade
campaign-request-search_skills = how to look for work
campaign-request-change_of_profession = change of trade
campaign-request-practice = placement, internship
campaign-request-first_job = first job
campaign-request-job_after_break = work after a break
campaign-request-own_business = own business
campaign-request-obstacles = help with obstacles
campaign-choose = { $dimension }: whom to include? As many as you like.
campaign-nothing-to-choose = Nothing to choose from yet: no groups have been loaded.
campaign-reach = { $count ->
    [0] There is nobody like that yet. Drop one of the conditions.
    [one] { $count } person will get it.
   *[other] { $count } people will get it.
}
campaign-more-values = and { $count } more

button-campaign-write = Write the text →
button-campaign-to-text = On to the text →
button-campaign-everybody = Everybody again
button-campaign-any = Any

## Text

campaign-write = Type the text in one message, up to { $maximum } characters. The first line shows on a locked screen: begin with something neutral.
campaign-write-delicate = Not a word in it on why someone is on the list: levels and factors are for the centre only.
campaign-body-empty = It has to be text: an ordinary message, no pictures or files.
campaign-body-too-long = A little long for one message: please keep it to { $maximum } characters.
campaign-tested = Sent to you. This is what everyone will see.

button-campaign-test = Send it to me first
button-campaign-when = When to send →
button-campaign-edit-text = Change the text
button-campaign-edit-audience = Change the audience

## Time

campaign-when = When should it start? Choose, or type, for example: 14.03 15:00.
campaign-day = Which day?
campaign-hour = { $day }: at what time? Choose, or type, for example 15:00.
campaign-now = now
campaign-confirm = The campaign starts: <b>{ $when }</b>.
campaign-quiet = Students are not written to at night or on days off: for some it will arrive on the next working morning.
campaign-time-unreadable = I could not read that time. Type it like this: 14.03 15:00.
campaign-time-no-such-time = There is no such day or time. Type it like this: 14.03 15:00.
campaign-time-past = That time has passed. Choose a later one.
campaign-time-too-far = That is more than a year ahead. Choose a closer day.

button-campaign-now = Now
button-campaign-today = Today at { $time }
button-campaign-tomorrow = Tomorrow at { $time }
button-campaign-day = Choose a day
button-campaign-send = Send
button-campaign-schedule = Schedule

## Progress

campaign-state-scheduled = waiting to start
campaign-state-running = under way
campaign-state-paused = paused
campaign-state-done = finished
campaign-state-cancelled = cancelled
campaign-line = No. { $number } · { $state } · { $about }
campaign-not-now = Not possible: the campaign is { $state }.
campaign-not-found = You have no campaign of that number. All campaigns: /campaigns
campaign-usage = What to do with the campaign? For example: <code>/campaigns 12 { $word }</code>
campaign-nobody = Nobody to send it to, or nothing to send: check both.
campaign-word-pause = pause
campaign-word-resume = resume
campaign-word-cancel = cancel

button-campaign-pause = Pause
button-campaign-resume = Resume
button-campaign-cancel = Cancel the campaign
button-campaign-cancel-sure = Yes, cancel it
button-campaign-keep = Keep it going
button-campaigns = ← All campaigns
button-campaign-new = New campaign

## For the recipient

button-mailings-stop = No more of these
button-mailings-back = Turn them back on
mailings-stopped = Fine, no more of these. If you change your mind, the button is right here.
mailings-back = You will get these again.
mailings-of-staff = This is a test: for a student this button turns mailings off.
consent-campaigns = to messages from the career centre

## Schedule

job-campaigns = campaigns
job-count-started = started
job-count-finished = finished
job-count-edited = progress messages updated
