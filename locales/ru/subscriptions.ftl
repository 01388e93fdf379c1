### Подписки на вакансии: что присылать, когда и как перестать.

command-subscriptions = Подписки на вакансии

button-subscribe = Присылать новые
button-subscriptions = Мои подписки
button-new-ones = Показать новые
button-more-news = Показать ещё { $count }
button-narrow = Уточнить поиск
button-less = Реже
button-pause = Пауза
button-pause-end = Снять паузу
button-pause-other = Другая пауза
button-pause-all = Пауза для всех
button-resume-all = Снова присылать все
button-unsubscribe = Отписаться
button-undo = Вернуть как было
button-hours = Когда не писать
button-holidays = Праздники
button-zone = Сменить часовой пояс
button-mailings-agree = Согласиться
button-mailings-refuse = Не присылать
button-withdraw = Отозвать согласие
button-agree-again = Снова присылать

undo-of = Вернуть: { $search }
subscription-line = { $search }: { $timing }
subscription-rarer = Хорошо, теперь реже.
subscription-rarest = Реже раза в неделю не получится. Можно уточнить поиск, сделать паузу или отписаться.
subscription-paused = Пауза: до { $date } ничего не пришлю.
subscription-dropped = Готово, больше не пришлю.
subscription-unknown = Этой подписки уже нет. Посмотрите, какие есть сейчас.
subscription-too-many = Подписок уже десять, больше не помещается. Отпишитесь от ненужной, и эта встанет на её место.
subscription-no-region = Не знаю вашего региона: назовите колледж в анкете, /profile
subscription-gone = Этого поиска уже нет. Подпишитесь заново: /vacancies

search-words = «{ $words }»
search-specialty = специальность { $code }
search-any = все вакансии региона

frequency-at-once = Сразу
frequency-daily = Каждый день
frequency-weekly = Раз в неделю
timing-at-once = сразу
timing-daily = каждый день в { $time }
timing-weekly-0 = по понедельникам в { $time }
timing-weekly-1 = по вторникам в { $time }
timing-weekly-2 = по средам в { $time }
timing-weekly-3 = по четвергам в { $time }
timing-weekly-4 = по пятницам в { $time }
timing-weekly-5 = по субботам в { $time }
timing-weekly-6 = по воскресеньям в { $time }
timing-paused = пауза до { $date }
weekday-0 = Пн
weekday-1 = Вт
weekday-2 = Ср
weekday-3 = Чт
weekday-4 = Пт
weekday-5 = Сб
weekday-6 = Вс

pause-how-long = На сколько сделать паузу?
pause-week = На неделю
pause-month = На месяц
pause-three_months = На три месяца
pause-september = До 1 сентября

news-count = { $count ->
    [one] { $count } новая вакансия по вашей подписке
    [few] { $count } новые вакансии по вашей подписке
   *[many] { $count } новых вакансий по вашей подписке
}
news-nothing = Всё новое вы уже видели.

hours-from = с { $time }
hours-to = до { $time }
zone-question = Какое у вас сейчас время?
zone-kaliningrad = Калининград, { $time }
zone-moscow = Москва, { $time }
zone-samara = Самара, { $time }
zone-yekaterinburg = Екатеринбург, { $time }
zone-omsk = Омск, { $time }
zone-krasnoyarsk = Красноярск, { $time }
zone-irkutsk = Иркутск, { $time }
zone-yakutsk = Якутск, { $time }
zone-vladivostok = Владивосток, { $time }
zone-magadan = Магадан, { $time }
zone-kamchatka = Камчатка, { $time }
press-hours-impossible = Хотя бы один день нужен. Чтобы не получать ничего, поставьте паузу.

consent-mailings = на сообщения от центра карьеры
mailings-consent-file-name = Согласие на сообщения.txt
mailings-refused = Хорошо, присылать не буду. Смотреть вакансии можно в любой момент: /vacancies
mailings-withdrawn = Согласие отозвано, больше ничего не пришлю. Подписки сохранены, вакансии на месте: /vacancies
