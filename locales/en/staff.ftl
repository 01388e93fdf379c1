### Strings for staff: short; what, how many, what to press.

student-usage = Whom to show? A code or part of a name, for example <code>/student K7MN-4QP2</code>
student-not-found = Nobody in your college matches “{ $query }”. Check the code or type part of the name.
student-found = { $count ->
    [one] { $count } person found.
   *[other] { $count } people found.
} Whom to show?
student-found-many = More than { $count } people found; these are the first. Whom to show? Or be more exact.
student-choose-fact = <b>{ $code }</b>: what to correct?
student-choose-value = { $fact }: what is true?
student-comment = { $fact }: how is it known? One sentence, for example “certificate of 14 March”.
student-confirm = <b>{ $code }</b>, this will be entered: { $fact } — <b>{ $value }</b>. Known from: { $comment }
student-comment-text-only = Text is needed: one sentence on how it is known.

invitation-invalid = This link has been used or is too old. Ask the administrator for a new one.
invite-role = Whom to invite?
invite-organisation = { $count ->
    [0] No colleges yet. Load the groups: <code>python -m bot import-groups FILE</code>
   *[other] To which college?
}
role-specialist = A career centre specialist
role-coordinator = A regional coordinator

## Facts, values, sources

fact-specialty = specialty
fact-region_rate = employment of the region's graduates
fact-specialty_rate = employment in the specialty
fact-ratio = threshold ratio
fact-organisation_kind = kind of organisation
fact-category = status
fact-disability = limited health abilities or disability
fact-orphan = orphan or without parental care
fact-informal_employment_risk = risk of informal employment
fact-prior_offences = offences
fact-conscription = conscript service
fact-military_service_end = end of military service
fact-childcare_leave = childcare
fact-work_experience = work and practice
fact-employer_events = employer events
fact-resume = résumé
fact-interview_training = interview training
fact-definite_workplace = definite workplace
fact-employment = current job
fact-relatives_informal = relatives work informally

value-yes = yes
value-no = no
value-unknown = not known
value-none = none
value-in_field = in the trade
value-other_field = outside the trade
value-outside_field = outside the trade
value-student = student
value-graduate = graduate
value-pupil = pupil
value-high = high
value-not_high = not high

source-answer = questionnaire
source-roster = college list
source-attendance = attendance
source-statistics = statistics
source-staff = specialist

cause-profiling = questionnaire
cause-answer_changed = new answer
cause-step_done = step done
cause-staff_fact = entered by staff
