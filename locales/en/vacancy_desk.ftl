### Vacancies for the specialist: written, seen with a student's eyes, published, closed, loaded from a table.

command-vacancy-new = Publish a vacancy
command-vacancy-close = My vacancies: figures, closing

## Questions

vacancy-ask-name = <b>A new vacancy.</b> Who is wanted? The job's name as in the advertisement, in Russian, for example “Сварщик на полуавтомат”.
vacancy-ask-employer = Who is hiring? For example ООО «Металлист».
vacancy-ask-kind = What is offered?
vacancy-ask-place = Where? Town and address, for example “Казань, ул. Гагарина, 5”.
vacancy-ask-pay = How much a month? For example “60 000” or “60 000 – 80 000”.
vacancy-ask-schedule = What hours?
vacancy-ask-experience = What experience is needed?
vacancy-ask-quota = Is it reserved for people with a disability?
vacancy-ask-duty = What is to be done, on what terms? A sentence or two. People's phones and addresses are not shown to students: that is what the link is for.
vacancy-ask-link = Where to apply? A link that begins with https://

vacancy-refused-name = The name of the job in words is needed here, up to 300 characters. For example “Повар горячего цеха”.
vacancy-refused-employer = The name of the organisation is needed here, up to 300 characters. For example ООО «Металлист».
vacancy-refused-place = A town or an address in words is needed here, up to 300 characters. For example “Казань, ул. Гагарина, 5”.
vacancy-refused-pay = I could not read the amount. Type roubles a month: “60 000” or “60 000 – 80 000”.
vacancy-refused-duty = A sentence or two in words is needed here. For example “Welding of frames, training paid for”.
vacancy-refused-link = A link begins with https:// or http://, for example https://example.org/job. If there is none, press “Skip”.

vacancy-part-name = Name
vacancy-part-employer = Employer
vacancy-part-kind = What is offered
vacancy-part-place = Place
vacancy-part-pay = Pay
vacancy-part-schedule = Hours
vacancy-part-experience = Experience
vacancy-part-quota = Reserved place
vacancy-part-duty = Duties and terms
vacancy-part-link = Link
vacancy-change = What shall be changed?

## Preview and publishing

button-publish = Publish
button-vacancy-change = Change
button-vacancy-specialties = Specialties
button-vacancy-drop = Do not publish
button-vacancy-preview = To the vacancy
button-vacancy-rules = As the rules find
vacancy-students = { $count ->
    [0] None of your students learns such a specialty yet.
    [one] It fits <b>{ $count }</b> of your students.
   *[other] It fits <b>{ $count }</b> of your students.
}
vacancy-more-specialties = { $count ->
    [one] and { $count } more specialty
   *[other] and { $count } more specialties
}
vacancy-specialties = Whom does it fit? Tick specialties. If one is missing, type its code or part of its name. While nothing is ticked, the rules find them.
vacancy-specialty-not-found = Nothing matches “{ $query }”. Type a code such as 09.02.07, or part of the name.
vacancy-published = Published as number { $number }. Students whom it fits will see it in /vacancies. What became of it, and how to close it: /vacancy_close
vacancy-double = The very same vacancy is open from another source, and students see it. If this is another job, change its name.

## Published ones

vacancy-published-count = { $count ->
    [0] Nothing has been published yet. A new vacancy: /vacancy_new
    [one] { $count } vacancy published.
   *[other] { $count } vacancies published.
}
vacancy-line-closed = ✔ { $name }
button-vacancy-done = Done
button-vacancy-shut = Close the vacancy
button-vacancy-shut-sure = Yes, close it
vacancy-sure = Close “{ $name }”? Students will no longer see it.
vacancy-not-yours = There is no such vacancy among yours. All of them: /vacancy_close

## A table

button-table-apply = { $count ->
    [one] Load { $count } vacancy
   *[other] Load { $count } vacancies
}
button-table-example = Send an example
vacancy-table-row = row { $row }: { $reason }
vacancy-table-repeated = row { $row }: the same vacancy as in row { $first }
vacancy-table-more = { $count ->
    [one] and { $count } more row
   *[other] and { $count } more rows
}
vacancy-bad-name = the job's name is missing or unreadable
vacancy-bad-employer = the employer is missing or unreadable
vacancy-bad-region = a region's code of 13 digits, or nothing for your own region
vacancy-bad-id = an id without spaces of up to 80 characters, or nothing
vacancy-bad-kind = kind: permanent, temporary, summer, practice, targeted
vacancy-bad-schedule = schedule: full_day, shifts, part_time, remote
vacancy-bad-pay = roubles a month from 1000; “to” no less than “from”
vacancy-bad-experience = experience in whole years: 0, 1, 2…
vacancy-bad-quota = quota: yes or no
vacancy-bad-link = a link that begins with https://
vacancy-bad-text = the cell holds a date or time instead of text
vacancy-table-no-table = This is no table: a CSV or XLSX file is needed.
vacancy-table-no-columns = This table lacks columns that are needed.
vacancy-table-too-long = More than 5000 rows cannot be read at once. Divide the table into several.
vacancy-table-too-heavy = The file is too heavy inside to be unpacked. Save the sheet as CSV and send that.
vacancy-table-broken = The file cannot be read. Open it, save it anew as XLSX or CSV, and send it again.
vacancy-table-too-large = The file is larger than 20 MB, and Telegram does not hand such files to bots. Divide the table or save it as CSV.
vacancy-table-gone = The file could not be fetched from Telegram. Please send it again.
vacancy-table-later = Please finish the vacancy that you began, or stop it: /cancel. Then send the table.
vacancy-table-file-name = Vacancies, example.csv
vacancy-table-caption = An example. Put your rows in and send the file here. Columns may be left out, all but the first two.

## The student's town

vacancy-town = Town: { $town }
vacancy-town-any = Town: any
vacancy-towns = Where to look? These are the towns with most that fits.
vacancy-no-towns = No town is named yet in what fits.
button-vacancy-anywhere = Any
