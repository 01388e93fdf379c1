### Расписание: что бот делает сам. Для администратора.

command-jobs = Расписание

button-jobs-refresh = Обновить
button-job-run = Запустить: { $job }
jobs-as-they-are = Вот как сейчас.
job-begun = Запускаю. Через минуту нажмите «Обновить».
job-not-begun = Уже выполняется или вот-вот начнётся.

job-clean-up = уборка
job-import-vacancies = загрузка вакансий
job-match-vacancies = подбор вакансий
job-digests = подборки подписчикам
job-forget-matches = забытые поиски и старые совпадения
job-profile-again = приглашения проверить ответы

job-count-updates = убрано обработанных сообщений
job-count-dialogs = закрыто брошенных окон
job-count-new = новых
job-count-changed = изменилось
job-count-closed = закрыто
job-count-unreachable = источник не ответил, регионов
job-count-invited = приглашено
job-count-messages = убрано отправленного
job-count-vacancies = вакансий
job-count-matches = совпадений
job-count-notices = писем поставлено в очередь
job-count-subscriptions = подписок
job-count-searches = убрано забытых поисков

notice-profile-again = приглашения проверить ответы
notice-vacancies = новые вакансии
notice-campaign = рассылки
notice-campaign-test = пробные рассылки
notice-event-reminder = напоминания о событиях
notice-event-change = переносы событий
notice-event-change-now = срочные переносы событий
notice-event-cancelled = отмены событий
notice-event-cancelled-now = срочные отмены событий
notice-event-offer = освободившиеся места
notice-event-absence = вопросы тем, кто не пришёл
