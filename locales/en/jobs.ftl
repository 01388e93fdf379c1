### The schedule: what the bot does of its own accord. For the administrator.

command-jobs = Schedule

button-jobs-refresh = Refresh
button-job-run = Run: { $job }
jobs-as-they-are = This is how things are now.
job-begun = Starting. Press “Refresh” in a minute.
job-not-begun = It is running already, or about to.

job-clean-up = clean-up
job-import-vacancies = vacancy import
job-match-vacancies = vacancy matching
job-digests = digests for subscribers
job-forget-matches = forgotten searches and old matches
job-profile-again = invitations to check answers

job-count-updates = handled messages cleared
job-count-dialogs = abandoned windows closed
job-count-new = new
job-count-changed = changed
job-count-closed = closed
job-count-unreachable = regions whose source did not answer
job-count-invited = invited
job-count-messages = sent messages cleared
job-count-vacancies = vacancies
job-count-matches = matches
job-count-notices = messages queued
job-count-subscriptions = subscriptions
job-count-searches = forgotten searches cleared

notice-profile-again = invitations to check answers
notice-vacancies = new vacancies
notice-campaign = campaigns
notice-campaign-test = test messages of campaigns
notice-event-reminder = event reminders
notice-event-change = events moved
notice-event-change-now = events moved at short notice
notice-event-cancelled = events cancelled
notice-event-cancelled-now = events cancelled at short notice
notice-event-offer = seats that became free
notice-event-absence = questions to those who did not come
