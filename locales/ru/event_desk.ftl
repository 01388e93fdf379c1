### События для сотрудников: спланировать, посмотреть глазами студента, объявить, провести, подвести итоги.

command-event-new = Новое событие

## Вопросы

event-new-start = <b>Новое событие.</b> Взять за образец одно из последних или начать с чистого листа? У образца спрошу только новую дату.
event-ask-kind = <b>Новое событие.</b> Что это будет?
event-ask-title = Как назвать? Например «Тренинг: как пройти первое собеседование».
event-ask-when = Когда? Выберите день или напишите день и время, например: 14.03 15:00.
event-ask-hour = { $day }: во сколько начало? Выберите или напишите, например 15:30.
event-ask-length = Сколько продлится? Выберите или напишите: «90 минут», «2 часа», «1:30».
event-ask-place = Где? Аудитория или адрес, например «ул. Гагарина, 5, ауд. 214».
event-ask-map = Ссылка на карту? Начинается с https://
event-ask-employer = Какой работодатель участвует? Например: ООО «Металлист».
event-ask-seats = Сколько мест? Выберите или напишите число. Когда места кончатся, бот поведёт лист ожидания.
event-ask-quotas = { $count ->
    [0] Оставить места колледжам? Выберите колледж. Без квот места общие.
    [one] Колледжам оставлено { $count } место, остальные общие.
    [few] Колледжам оставлено { $count } места, остальные общие.
   *[many] Колледжам оставлено { $count } мест, остальные общие.
}
event-ask-quota = Сколько мест оставить: { $college }? Напишите число.
event-quota-line = { $college }: { $seats }
event-ask-deadline = До какого времени записывать? Выберите или напишите день и время, например: 13.03 18:00.
event-ask-audience = Для кого событие?
event-ask-attendance = Кого считать пришедшим?
event-ask-rotating = Менять код у входа каждые 30 секунд? Тогда снимок экрана не переслать другу, но нужен экран, который видно всем.
event-ask-description = О чём расскажем? Пара фраз: что будет и что взять с собой.

event-new-refused-title = Здесь нужно название словами, до 200 знаков. Например «День открытых дверей на заводе».
event-new-refused-when = Это время уже прошло. Выберите попозже.
event-new-refused-length = Не разобрал. Напишите, например: «90 минут», «2 часа» или «1:30». Не дольше двух недель.
event-new-refused-place = Здесь нужно место словами, до 300 знаков. Например «ауд. 214».
event-new-refused-map = Ссылка должна начинаться с https://, без пробелов. Если её нет, нажмите «Пропустить».
event-new-refused-employer = Здесь нужно название организации, до 300 знаков. Если его нет, нажмите «Пропустить».
event-new-refused-seats = Нужно число мест, хотя бы одно. Например 25.
event-new-refused-quotas = Так квот выходит больше, чем мест. Напишите число поменьше.
event-new-refused-deadline = Не разобрал, или это позже начала. Напишите день и время, например: 13.03 18:00.
event-new-refused-description = Длинновато или без слов: уложитесь в 1500 знаков, пожалуйста.

event-problem-title = Название пустое или длиннее 200 знаков.
event-problem-place = Место не указано или длиннее 300 знаков.
event-problem-description = Описание длиннее 1500 знаков.
event-problem-employer = Название работодателя длиннее 300 знаков.
event-problem-link = Ссылка на карту должна начинаться с https://
event-problem-past = Это время уже прошло. Выберите попозже.
event-problem-end = Конец должен быть позже начала, но не дольше двух недель.
event-problem-deadline = Запись не может закрыться позже начала.
event-problem-seats = Мест должно быть хотя бы одно.
event-problem-quotas = Квот выходит больше, чем мест.
event-problem-zone = Не нашёл такого часового пояса.
event-problem-region = В базе несколько регионов, и я не знаю, чьё это событие. Попросите специалиста колледжа создать его у себя.

event-length = { $hours } ч { $minutes } мин
event-length-hours = { $hours } ч
event-length-minutes = { $minutes } мин
event-deadline-0 = До начала
event-deadline-120 = За 2 часа
event-deadline-1440 = За сутки
event-deadline-2880 = За двое суток
event-attendance-code = Кто введёт код
event-attendance-staff = Кого отмечу я
event-attendance-signed_up = Все записанные

event-part-kind = Что это
event-part-title = Название
event-part-when = Когда
event-part-length = Длительность
event-part-place = Место
event-part-map = Карта
event-part-employer = Работодатель
event-part-seats = Места
event-part-quotas = Квоты колледжей
event-part-deadline = До какого времени запись
event-part-audience = Для кого
event-part-attendance = Кого считать пришедшим
event-part-rotating = Меняющийся код
event-part-description = Описание

event-reach = { $count ->
    [0] Пока никому не подходит: проверьте, для кого.
    [one] Увидит { $count } человек.
    [few] Увидят { $count } человека.
   *[many] Увидят { $count } человек.
}
event-new-published = Объявлено. Подходящие студенты увидят событие в /events. Ссылка для чатов и плакатов — в карточке.
event-new-saved = { $count ->
    [0] Сохранено.
    [one] Сохранено, сообщаю { $count } человеку.
   *[other] Сохранено, сообщаю { $count } людям.
}
event-new-draft-kept = Черновик сохранён. Найдёте его в /events

button-event-desk-from-nothing = Чистый лист
button-event-desk-any-seats = Без ограничения
button-event-desk-everybody = Снова всем
button-event-desk-for-all = Для всех
button-event-desk-common = Все места общие
button-event-desk-chosen = Готово
button-event-desk-no-quota = Без квоты
button-event-desk-draft = Оставить черновиком
button-event-desk-unchanged = Ничего не менять
button-event-desk-save = Сохранить изменения
button-event-desk-give-up = Не создавать
button-event-desk-open = Открыть карточку

## Список и карточка

event-desk-coming = <b>Ваши события.</b> Впереди и черновики:
event-desk-coming-none = Впереди пока ничего нет.
event-desk-past = <b>Ваши события.</b> Прошедшие и отменённые:
event-desk-past-none = Прошедших событий пока нет.
event-desk-line-draft = ✏️ { $line }
event-desk-line-cancelled = ✖ { $line }
event-desk-told = { $count ->
    [0] Готово.
    [one] Готово, сообщаю { $count } человеку.
   *[other] Готово, сообщаю { $count } людям.
}
event-desk-discarded = Черновик удалён.
event-desk-draft = Черновик: студенты его не видят
event-desk-published = Объявлено
event-desk-cancelled = Отменено
event-desk-held = Проведено

button-event-desk-new = Новое событие
button-event-desk-coming = Предстоящие
button-event-desk-past = Прошедшие
button-event-desk-publish = Опубликовать
button-event-desk-people = Участники
button-event-desk-door = Код и QR
button-event-desk-summary = Итоги
button-event-desk-change = Изменить
button-event-desk-move = Перенести
button-event-desk-copy = Провести ещё раз
button-event-desk-repeat = Каждую неделю
button-event-desk-hold = Завершить
button-event-desk-cancel = Отменить событие
button-event-desk-discard = Удалить черновик
button-event-desk-list = ← К списку
button-event-desk-card = ← К событию

event-desk-sure-cancel = { $count ->
    [0] Отменить «{ $title }»? Никто пока не записан.
    [one] Отменить «{ $title }»? Сообщим { $count } человеку.
   *[other] Отменить «{ $title }»? Сообщим { $count } людям.
}
event-desk-sure-hold = Завершить «{ $title }»? Кто не отмечен, будет считаться не пришедшим. Отметки можно поправить и потом.
event-desk-sure-discard = Удалить черновик «{ $title }»?
button-event-desk-sure-cancel = Да, отменить
button-event-desk-sure-hold = Да, завершить
button-event-desk-sure-discard = Да, удалить
event-desk-moving = { $count ->
    [0] Было: { $before }. Станет: <b>{ $when }</b>. Никто пока не записан.
    [one] Было: { $before }. Станет: <b>{ $when }</b>. Сообщим { $count } человеку.
   *[other] Было: { $before }. Станет: <b>{ $when }</b>. Сообщим { $count } людям.
}
button-event-desk-move-sure = Да, перенести

event-desk-refused-not-published = Сначала опубликуйте событие.
event-desk-refused-published = Событие уже объявлено: удалить его нельзя, можно отменить.
event-desk-refused-cancelled = Событие уже отменено.
event-desk-refused-over = Событие уже завершено.
event-desk-refused-not-yet = Рано: отмечать можно за полчаса до начала, завершать — после начала.
event-desk-refused-full = Мест больше нет. Отметьте тех, кто не пришёл: их места освободятся.
event-desk-refused-seats-taken = Столько мест уже занято. Уменьшить можно только до числа записанных.
event-desk-refused-already-in = Уже отмечен.
event-desk-refused-already = Уже отмечено, что не пришёл.
event-desk-refused-not-registered = Этот человек не записан.
event-desk-refused-no-seat = Этот человек в листе ожидания: отмечать, что не пришёл, не нужно.
event-desk-refused-nobody = Такого кода среди ваших студентов нет. Он есть в карточке студента, например K7MN-4QP2.

## Участники и вход

event-desk-person-registered = { $person }
event-desk-person-confirmed = { $person }
event-desk-person-offered = 🎟 { $person }
event-desk-person-waiting = ⏳ { $place }. { $person }
event-desk-person-attended = ✅ { $person }
event-desk-person-absent = ✖ { $person }
event-desk-walked-in = Отмечен: { $code }
event-desk-press-came = Нажмите на человека, когда он пришёл. Пришёл без записи — напишите код студента.
event-desk-press-absent = Нажмите на человека, которого нет: место освободится. Так же снимается лишняя отметка.
button-event-desk-mark-came = Отмечать, кто пришёл
button-event-desk-mark-absent = Отмечать, кого нет
button-event-desk-table = Список XLSX
button-event-desk-by-hand = Отметить вручную
button-event-desk-picture = Показать QR-код
button-event-desk-new-code = Новый код

event-sheet-file-name = Участники { $date }.xlsx
event-sheet-caption = Участники: { $title }. В файле имена: не пересылайте его дальше, чем нужно.
event-sheet-name = Участники
event-sheet-title = { $title }, { $when }
event-sheet-mark = Выгрузил: { $who }, { $when }
event-sheet-number = №
event-sheet-code = Код
event-sheet-person = Имя
event-sheet-group = Группа
event-sheet-organisation = Колледж
event-sheet-state = Как стоит
event-sheet-came-at = Отмечен
event-sheet-came-by = Как отмечен
event-state-registered = записан
event-state-confirmed = подтвердил
event-state-offered = предложено место
event-state-waiting = ждёт
event-state-attended = пришёл
event-state-absent = не пришёл
event-came-code = по коду
event-came-staff = вручную
event-came-signed_up = по записи
event-came-walk_in = без записи

## Серия

event-desk-weeks = «{ $title }», { $when }. Сколько недель подряд повторить?
event-desk-series = { $count ->
    [0] Ничего не получилось: эти дни уже прошли.
    [one] Готов { $count } черновик:
    [few] Готовы { $count } черновика:
   *[many] Готово { $count } черновиков:
}
event-desk-series-published = { $count ->
    [one] Объявлено { $count } событие.
    [few] Объявлено { $count } события.
   *[many] Объявлено { $count } событий.
}
button-event-desk-publish-all = Опубликовать все: { $count }
