### События: сообщения, которые бот присылает сам, и работы расписания.

event-when-today = Сегодня в { $time }
event-when-tomorrow = Завтра в { $time }
event-when-day = { $date } в { $time }

event-notice-reminder = { $when }: { $title }, { $place }
event-notice-change = Планы изменились. { $when }: { $title }, { $place }
event-notice-still-seated = Ваше место за вами. Если теперь неудобно, нажмите «Не смогу прийти»: место достанется тому, кто ждёт.
event-notice-still-waiting = Вы по-прежнему в листе ожидания. Освободится место — сразу напишем.
event-notice-cancelled = Отмена. { $when } не состоится: { $title }, { $place }
event-notice-offer = { $when } есть место для вас: { $title }, { $place }
event-notice-offer-until = Ответьте, пожалуйста, не позже: { $until }. Потом предложим место следующему.
event-notice-absence = Не получилось прийти: { $title }? Так бывает. Подскажите, что помешало, и в следующий раз подберём удобнее. Отвечать необязательно.

event-why-time = Неудобное время
event-why-far = Далеко добираться
event-why-forgot = Вылетело из головы
event-why-other = Другое

button-notice-events = Показать другие события
button-notice-event-open = Подробнее
button-notice-event-cannot = Не смогу прийти
button-notice-event-take = Приду
button-notice-event-decline = Отдать место

cause-attendance = посещение события

job-event-offers = места на событиях: передать дальше
job-event-reminders = напоминания о событиях
job-event-closing = закрытие прошедших событий

job-count-lapsed = не ответили вовремя
job-count-offered = предложено мест
job-count-reminders = поставлено напоминаний
job-count-absent = не пришли
job-count-attended = отмечены пришедшими
job-count-asked = спрошено, что помешало
job-count-attempts = убрано старых попыток ввода кода
