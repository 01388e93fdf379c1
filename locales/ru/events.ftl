### События для студента: списки, месяц, карточка, файлы, вход по коду.

command-events = События и записи

button-events = События
button-event-month = Календарь
button-event-list = Списком
button-event-mine = Мои записи
button-event-all = Все события
button-event-sooner = ← Раньше
button-event-later = Позже →
button-event-open = Открыть событие
button-event-sign-up = Записаться
button-event-sign-up-again = Записаться снова
button-event-wait = Встать в лист ожидания
button-event-leave-line = Выйти из листа ожидания
button-event-confirm = Приду
button-event-decline = Отдать место
button-event-cancel = Не смогу прийти
button-event-here = Я на месте
button-event-calendar = В календарь
button-event-uncalendar = Убрать из календаря
button-event-map = На карте
button-event-certificate = Подтверждение участия
button-event-back-list = ← К списку
button-event-back-mine = ← Мои записи
button-event-back-day = ← К этому дню
button-event-back-month = ← Календарь

event-count = { $count ->
    [0] Пока ничего не запланировано.
    [one] { $count } событие.
    [few] { $count } события.
   *[many] { $count } событий.
}
event-day-marked = { $day }•

event-mark-registered = вы записаны
event-mark-confirmed = вы записаны
event-mark-waiting = вы в листе ожидания
event-mark-offered = для вас есть место
event-mark-attended = вы были
event-mark-absent = не получилось прийти
event-mark-off = отменено
event-mark-now = уже идёт
event-mark-full = мест пока нет

event-kind-fair = Ярмарка вакансий
event-kind-career_day = День карьеры
event-kind-employer_day = День работодателя
event-kind-excursion = Экскурсия на предприятие
event-kind-resume_training = Тренинг по резюме
event-kind-interview_training = Тренинг по собеседованию
event-kind-master_class = Мастер-класс
event-kind-seminar = Семинар
event-kind-conference = Конференция
event-kind-competition = Конкурс
event-kind-profession_test = Профессиональная проба

event-for-college = всем студентам колледжа
event-for-region = всем студентам региона
event-for-specialties = специальности { $values }
event-for-requests = запрос: { $values }
event-for-groups = отдельным группам
event-for-years = выпуск { $values }
event-fits-specialties = ваша специальность
event-fits-requests = ваш запрос
event-fits-groups = ваша группа
event-fits-years = ваш год выпуска

event-seats = { $count ->
    [one] Осталось { $count } место.
    [few] Осталось { $count } места.
   *[many] Осталось { $count } мест.
}
event-seats-waiting = { $count ->
    [one] В листе ожидания { $count } человек.
    [few] В листе ожидания { $count } человека.
   *[many] В листе ожидания { $count } человек.
}

event-bell-on = 🔔 { $when }
event-bell-off = 🔕 { $when }
event-remind-24 = за день
event-remind-2 = за 2 часа

event-standing-registered = ✅ Вы записаны.
event-standing-confirmed = ✅ Место за вами.
event-standing-waiting = ⏳ Вы в листе ожидания, по порядку: { $place }. Освободится место — сразу напишем.
event-standing-offered = 🎟 Для вас есть место! Подтвердите, пожалуйста, до { $until }, потом предложим следующему.
event-standing-absent = Прийти не получилось. Так бывает: впереди есть другие события.
event-standing-cancelled = Вы отказались от места. Если планы изменятся, записаться можно снова.
event-standing-off = Событие отменено. Посмотрите, что ещё есть рядом.
event-standing-attended = ✅ Вы были на этом событии. Как вам? Нажмите на звёзды.
event-standing-here = ✅ Вы на месте. Хорошего события! Потом нажмите на звёзды: как вам?
event-standing-rated = ✅ Вы были на этом событии. Ваша оценка: { $stars }
event-standing-say = ✅ Ваша оценка: { $stars } Хотите добавить? Напишите одно предложение: что понравилось, что изменить. В отчёт оно попадёт без имени.

event-now-registered = Записали вас. Если не сможете прийти, скажите одной кнопкой.
event-now-waiting = Вы в листе ожидания. Освободится место — сразу напишем.
event-now-offered = Место пока за вами. Подтвердите, что придёте.
event-now-confirmed = Отлично, ждём вас!
event-now-cancelled = Спасибо, что предупредили. Передумаете — записаться можно снова.
event-now-attended = Вы уже отмечены. Хорошего события!
event-now-absent = Событие уже прошло.

event-refused-gone = Такого события больше нет, или оно для другого колледжа. Посмотрите, что есть для вас.
event-refused-not-for-you = Это событие для других студентов. Посмотрите, что есть для вас.
event-refused-not-published = Событие ещё готовят. Загляните чуть позже.
event-refused-published = Это событие уже объявлено.
event-refused-cancelled = Событие отменено. Посмотрите, что ещё есть рядом.
event-refused-over = Событие уже началось или прошло. Впереди есть другие.
event-refused-not-yet = Рановато: отметиться можно за полчаса до начала.
event-refused-closed = Запись уже закрыта. Спросите в центре карьеры: вдруг место найдётся.
event-refused-full = Мест пока нет. Встаньте в лист ожидания: освободится место — напишем.
event-refused-seats-taken = Столько мест уже занято.
event-refused-already = Вы уже записаны.
event-refused-already-waiting = Вы уже в листе ожидания.
event-refused-offered = Для вас уже есть место: подтвердите, что придёте.
event-refused-offer-gone = Место успели предложить следующему. Можно снова встать в лист ожидания.
event-refused-not-registered = Вас нет в списке. Подойдите к организатору: если место есть, он отметит вас.
event-refused-no-seat = Пока вы в листе ожидания. Подойдите к организатору: вдруг кто-то не пришёл.
event-refused-not-there = Похоже, на событии вас не отметили. Если вы были, скажите специалисту центра карьеры.
event-refused-already-in = Вы уже отмечены. Хорошего события!
event-refused-wrong-code = Код не подошёл. Проверьте шесть цифр на экране и наберите ещё раз.
event-refused-code-expired = Этот код уже сменился. Наберите тот, что сейчас на экране.
event-refused-other-event = Этот код от другого события. Проверьте, туда ли вы пришли, и наберите код ещё раз.
event-refused-too-many = Много попыток подряд. Подождите десять минут или подойдите к организатору: он отметит вас.
event-refused-staff-only = Здесь отмечает организатор. Подойдите к нему.
event-refused-nobody = Человека с таким кодом нет.

event-code-asked = Наберите шесть цифр с экрана организатора, например 123 456. Или наведите камеру телефона на QR-код.
event-code-digits = Нужны шесть цифр с экрана организатора, например 123 456.
event-came = Вы на месте, отметили!
event-rated = Спасибо за оценку!
event-commented = Спасибо, передадим без имени. Так следующее событие будет лучше.
event-explained = Спасибо, учтём. Приходите на следующее!
event-first-profile = Событие подождёт здесь. Сначала познакомимся, это пара минут, а потом нажмите «Открыть событие».
event-profile-first = Сначала ответьте на вопросы ниже, это пара минут. Событие подождёт.

event-organiser-region = Центр карьеры региона
event-calendar-file = Событие { $code }.ics
event-calendar-in = Откройте файл, и событие встанет в календарь. Если время изменится, напишем и пришлём новый файл.
event-calendar-out = Откройте файл, и календарь уберёт событие. Если оно осталось, удалите его вручную.
event-certificate-file = Подтверждение участия.docx
event-certificate-later = Подтверждение будет готово, когда событие закончится.
