### Strings of the chat. A button says what will happen.

## Buttons

button-agree = Agree and start
button-read-consent = Read it in full
button-refuse = Don't agree
button-other-language = Русский
button-reconsider = Start after all
button-back = ← Back
button-skip = Skip
button-why = Why ask?
button-finish = { $count ->
    [one] Done: { $count } ticked
   *[other] Done: { $count } ticked
}
button-confirm = All correct
button-change = Change an answer
button-sensitive-yes = Answer two questions
button-sensitive-no = Don't answer
button-withdraw-sensitive = Take back the delicate answers
button-add-sensitive = Delicate questions
button-resume = Carry on
button-start-over = Start again
button-steps = What will help me
button-profile = My answers
button-home = To the start
button-language = Язык / Language
button-help = Help
button-open-link = Open the page
button-step-done = Already done
button-all-steps = ← All steps
button-keep = Keep everything
button-erase = Erase my data
button-close = Close
button-enter-fact = Add or correct
button-save = Enter it
button-history = History

option-ticked = ✅ { $option }
option-unticked = { $option }
answer-skipped = no answer

## Questionnaire

refused-button-expected = It is easiest to press a button under the question.
refused-text-expected = This one needs words. Please type your answer as a message.
refused-not-a-number = This one needs a number, such as 3.
refused-too-small = Please give a number of { $minimum } or more.
refused-too-large = Please give a number of { $maximum } or less.
refused-not-a-date = I couldn't read that date. Please type it like this: 14.03.2027.
refused-too-early = Please give a date no earlier than { $minimum }.
refused-too-late = Please give a date no later than { $maximum }.
refused-too-long = That's a bit long. Please keep it within { $maximum ->
    [one] { $maximum } character
   *[other] { $maximum } characters
}.
refused-too-short = That's a bit short. Please say a little more.
refused-wrong-pattern = There may be a typo. Please check it and type it again.
refused-not-found = I couldn't find that. Try a few letters of the name, or the code.
refused-nothing-chosen = Please tick at least one.
refused-not-optional = We need this one to find what fits. Please answer it.

press-stale = That question is behind you. Here is the current one.
press-at-start = This is the very first question.
press-unknown = This button no longer works.
step-noted = Noted. Well done!

## Answers to commands

unknown-command = There is no such command. What I can do: /help
stray-message = So far I only understand buttons and commands. What I can do: /help
no-profile = We haven't met yet. Press /start, it takes a couple of minutes.
dialog-outdated = That button belongs to a closed window. Use the command to open it again.
fault = Something broke, and it is our fault. Please try again. If it doesn't help, tell your specialist the number <code>{ $number }</code>.
cancelled = Stopped. What I can do: /help
cancelled-profiling = Stopped. Your answers are saved: carry on at any time with /start
language-ru = Русский
language-en = English
language-set = Done, English it is. Carry on: /start
language-not-kept = Until you begin I don't remember anything. You can choose the language on the first screen: /start
erase-nothing = There is no data of yours here.
erase-kept = All right, everything stays as it is.

resume-left = { $count ->
    [0] All that is left is to check your answers.
    [one] { $count } question left.
   *[other] { $count } questions left.
}
erased-facts = { $count ->
    [one] { $count } detail from your answers
   *[other] { $count } details from your answers
}
erased-assessments = { $count ->
    [one] { $count } entry of the history
   *[other] { $count } entries of the history
}
erased-consents = { $count ->
    [one] { $count } consent
   *[other] { $count } consents
}

## Consent

consent-line = Consent { $purpose }: { $moment }, edition { $version }
consent-processing = to data processing
consent-sensitive = to delicate questions
consent-file-name = Consent to data processing.txt
consent-caption = The consent in full, edition { $version }. The buttons are in the message above.

## Command menu and description

command-start = To the start
command-profile = My answers
command-steps = What will help me
command-language = Язык / Language
command-help = What the bot can do
command-cancel = Stop
command-delete-me = Erase my data
command-student = A student's card
command-groups = Groups and links
command-colleges = Colleges of the region
command-invite = Invite a colleague
bot-description = Marshrut is the assistant of your college's career centre. A couple of minutes of questions, and you see what will help you find a job in your trade.
