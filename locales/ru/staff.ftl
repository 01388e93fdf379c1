### Строки для сотрудников: коротко, что и сколько, что нажать.

student-usage = Кого показать? Код или часть имени, например: <code>/student K7MN-4QP2</code>
student-not-found = По запросу «{ $query }» в вашем колледже никого нет. Проверьте код или напишите часть имени.
student-found = { $count ->
    [one] Нашёлся { $count } человек.
    [few] Нашлось { $count } человека.
   *[many] Нашлось { $count } человек.
} Кого показать?
student-found-many = Нашлось больше { $count } человек, вот первые. Кого показать? Или напишите точнее.
student-choose-fact = <b>{ $code }</b>: что уточнить?
student-choose-value = { $fact }: как на самом деле?
student-comment = { $fact }: откуда это известно? Напишите одной фразой, например «справка от 14.03».
student-confirm = <b>{ $code }</b>, запишем так: { $fact } — <b>{ $value }</b>. Основание: { $comment }
student-comment-text-only = Нужен текст: одна фраза, откуда это известно.

invitation-invalid = Эта ссылка уже использована или устарела. Попросите у администратора новую.
invite-role = Кого пригласить?
invite-organisation = { $count ->
    [0] Колледжей пока нет. Загрузите группы: <code>python -m bot import-groups FILE</code>
   *[other] В какой колледж?
}
role-specialist = Специалиста центра карьеры
role-coordinator = Координатора региона

## Сведения, значения, источники

fact-specialty = специальность
fact-region_rate = занятость выпускников региона
fact-specialty_rate = занятость по специальности
fact-ratio = порог: во сколько раз ниже региона
fact-organisation_kind = вид организации
fact-category = кто это
fact-disability = ОВЗ или инвалидность
fact-orphan = сирота или без попечения
fact-informal_employment_risk = риск неформальной занятости
fact-prior_offences = правонарушения
fact-conscription = срочная служба
fact-military_service_end = завершение военной службы
fact-childcare_leave = уход за ребёнком
fact-work_experience = опыт и практика
fact-employer_events = встреч с работодателями
fact-resume = резюме
fact-interview_training = тренинг собеседований
fact-definite_workplace = место работы определено
fact-employment = работа сейчас
fact-relatives_informal = близкие работают неформально

value-yes = да
value-no = нет
value-unknown = не знаю
value-none = нет
value-in_field = по профессии
value-other_field = не по профессии
value-outside_field = не по профессии
value-student = студент
value-graduate = выпускник
value-pupil = школьник
value-high = высокий
value-not_high = невысокий

source-answer = анкета
source-roster = список колледжа
source-attendance = посещения
source-statistics = статистика
source-staff = специалист

cause-profiling = анкета
cause-answer_changed = новый ответ
cause-step_done = сделан шаг
cause-staff_fact = уточнил специалист
