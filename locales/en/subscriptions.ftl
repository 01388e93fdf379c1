### Subscriptions to jobs: what is sent, when, and how it stops.

command-subscriptions = Job subscriptions

button-subscribe = Send me new ones
button-subscriptions = My subscriptions
button-new-ones = Show new ones
button-more-news = Show { $count } more
button-narrow = Narrow the search
button-less = Less often
button-pause = Pause
button-pause-end = End the pause
button-pause-other = Another pause
button-pause-all = Pause all
button-resume-all = Send all again
button-unsubscribe = Unsubscribe
button-undo = Undo
button-hours = When not to write
button-holidays = Public holidays
button-zone = Change the time zone
button-mailings-agree = Agree
button-mailings-refuse = Don't send anything
button-withdraw = Take the consent back
button-agree-again = Send them again

undo-of = Undo: { $search }
subscription-line = { $search }: { $timing }
subscription-rarer = Fine, less often from now on.
subscription-rarest = Once a week is as rare as it gets. You can narrow the search, pause it or unsubscribe.
subscription-paused = Paused: nothing will come until { $date }.
subscription-dropped = Done, no more of these.
subscription-unknown = This subscription is gone. Have a look at those you have now.
subscription-too-many = You have ten subscriptions, and that is the most. Drop one that you don't need, and this one takes its place.
subscription-no-region = I don't know your region: name your college in the questionnaire, /profile
subscription-gone = This search is gone. Subscribe anew: /vacancies

search-words = “{ $words }”
search-specialty = trade { $code }
search-any = all jobs in the region

frequency-at-once = At once
frequency-daily = Every day
frequency-weekly = Once a week
timing-at-once = at once
timing-daily = every day at { $time }
timing-weekly-0 = on Mondays at { $time }
timing-weekly-1 = on Tuesdays at { $time }
timing-weekly-2 = on Wednesdays at { $time }
timing-weekly-3 = on Thursdays at { $time }
timing-weekly-4 = on Fridays at { $time }
timing-weekly-5 = on Saturdays at { $time }
timing-weekly-6 = on Sundays at { $time }
timing-paused = paused until { $date }
weekday-0 = Mon
weekday-1 = Tue
weekday-2 = Wed
weekday-3 = Thu
weekday-4 = Fri
weekday-5 = Sat
weekday-6 = Sun

pause-how-long = How long should the pause be?
pause-week = A week
pause-month = A month
pause-three_months = Three months
pause-september = Until 1 September

news-count = { $count ->
    [one] { $count } new job from your subscription
   *[other] { $count } new jobs from your subscription
}
news-nothing = You have seen everything new already.

hours-from = from { $time }
hours-to = to { $time }
zone-question = What time is it where you are?
zone-kaliningrad = Kaliningrad, { $time }
zone-moscow = Moscow, { $time }
zone-samara = Samara, { $time }
zone-yekaterinburg = Yekaterinburg, { $time }
zone-omsk = Omsk, { $time }
zone-krasnoyarsk = Krasnoyarsk, { $time }
zone-irkutsk = Irkutsk, { $time }
zone-yakutsk = Yakutsk, { $time }
zone-vladivostok = Vladivostok, { $time }
zone-magadan = Magadan, { $time }
zone-kamchatka = Kamchatka, { $time }
press-hours-impossible = One day at least is needed. To get nothing at all, pause everything.

consent-mailings = to messages from the career centre
mailings-consent-file-name = Consent to messages.txt
mailings-refused = Fine, nothing will be sent. You can look at the jobs at any time: /vacancies
mailings-withdrawn = The consent is taken back, nothing more will be sent. Your subscriptions are kept, and the jobs are still here: /vacancies
