### Vacancies: the list, the card, what to look for.

command-vacancies = Jobs for me
button-vacancies = Jobs for me
button-vacancy-filters = What to look for
button-vacancy-search = Search by words
button-vacancy-link = Open the job
button-vacancy-list = ← To the list
button-vacancy-save = Save
button-vacancy-unsave = Remove from saved
button-vacancy-hide = Not for me
button-vacancy-show = Show
button-vacancy-reset = Clear all
button-applied = I have applied
button-hired = I got the job
button-hired-in-trade = Yes, in my trade
button-hired-elsewhere = No, something else
button-previous = ← Previous
button-next = More →

vacancy-count = { $count ->
    [0] Nothing found yet.
    [one] { $count } job.
   *[other] { $count } jobs.
}
vacancy-pay-from = from { $pay } ₽
vacancy-pay-between = { $lowest }–{ $highest } ₽
vacancy-kind-permanent = Permanent
vacancy-kind-temporary = Temporary
vacancy-kind-summer = Summer
vacancy-kind-practice = Placement
vacancy-kind-targeted = Targeted contract
vacancy-schedule-full_day = full time
vacancy-schedule-shifts = shifts
vacancy-schedule-part_time = part time
vacancy-schedule-remote = from home
vacancy-only-no-experience = No experience needed
vacancy-only-quota = Reserved places
vacancy-only-saved = Saved
vacancy-filters = What to look for? Press to switch on or off.
vacancy-fits-schedule = hours that suit you
vacancy-fits-no-experience = no experience needed
vacancy-experience = { $years ->
    [one] { $years } year or more
   *[other] { $years } years or more
}
vacancy-why-hide = Why doesn't it suit you? I won't show it again.
vacancy-hide-far = Too far
vacancy-hide-pay = The pay is low
vacancy-hide-hours = The hours don't suit me
vacancy-hide-trade = Not my kind of work
vacancy-hide-other = Another reason
vacancy-hidden = Removed. Here are the others.
vacancy-hired-question = Congratulations! Is it in your trade?
vacancy-hired = Congratulations! Noted.
vacancy-search = Type a word or two in Russian, as in the jobs: “сварщик”, “склад”.
