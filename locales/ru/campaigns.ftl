### Рассылки: специалист — своим студентам, координатор — сотрудникам центров.

command-campaign = Новая рассылка
command-campaigns = Рассылки: ход и отчёты

## Кому

campaign-dimension-groups = Группа
campaign-dimension-specialties = Специальность
campaign-dimension-years = Год выпуска
campaign-dimension-levels = Уровень
campaign-dimension-requests = Запрос
campaign-dimension-factors = Фактор
campaign-request-first_profession = первая профессия
campaign-request-search_skills = как искать работу
campaign-request-change_of_profession = смена профессии
campaign-request-practice = практика, стажировка
campaign-request-first_job = первая работа
campaign-request-job_after_break = работа после перерыва
campaign-request-own_business = своё дело
campaign-request-obstacles = помощь с трудностями
campaign-choose = { $dimension }: кого взять? Можно несколько.
campaign-nothing-to-choose = Выбирать пока не из чего: групп в базе нет.
campaign-reach = { $count ->
    [0] Таких людей пока нет. Уберите одно из условий.
    [one] Получит { $count } человек.
    [few] Получат { $count } человека.
   *[many] Получат { $count } человек.
}
campaign-more-values = и ещё { $count }

button-campaign-write = Написать текст →
button-campaign-to-text = К тексту →
button-campaign-everybody = Снова всем
button-campaign-any = Не важно

## Текст

campaign-write = Напишите текст одним сообщением, до { $maximum } знаков. Первую строку видно на заблокированном экране: начните нейтрально.
campaign-write-delicate = О том, почему человек в списке, в тексте ни слова: уровень и факторы знает только центр.
campaign-body-empty = Нужен текст: обычное сообщение, без картинок и файлов.
campaign-body-too-long = Длинновато для одного сообщения: уложитесь в { $maximum } знаков, пожалуйста.
campaign-tested = Отправил вам. Так это увидят все.

button-campaign-test = Прислать сначала мне
button-campaign-when = Когда отправить →
button-campaign-edit-text = Изменить текст
button-campaign-edit-audience = Изменить, кому

## Когда

campaign-when = Когда начать? Выберите или напишите, например: 14.03 15:00.
campaign-day = Какой день?
campaign-hour = { $day }: во сколько? Выберите или напишите, например 15:00.
campaign-now = сейчас
campaign-confirm = Начало рассылки: <b>{ $when }</b>.
campaign-quiet = Ночью и в выходные студентам не пишем: кому рано, тот получит утром рабочего дня.
campaign-time-unreadable = Не разобрал время. Напишите так: 14.03 15:00.
campaign-time-no-such-time = Такого дня или времени не бывает. Напишите так: 14.03 15:00.
campaign-time-past = Это время уже прошло. Выберите попозже.
campaign-time-too-far = Это больше чем через год. Выберите поближе.

button-campaign-now = Сейчас
button-campaign-today = Сегодня в { $time }
button-campaign-tomorrow = Завтра в { $time }
button-campaign-day = Выбрать день
button-campaign-send = Отправить
button-campaign-schedule = Запланировать

## Ход

campaign-state-scheduled = ждёт начала
campaign-state-running = идёт
campaign-state-paused = на паузе
campaign-state-done = закончена
campaign-state-cancelled = отменена
campaign-line = № { $number } · { $state } · { $about }
campaign-not-now = Не получится: рассылка { $state }.
campaign-not-found = Рассылки с таким номером у вас нет. Все рассылки: /campaigns
campaign-usage = Что сделать с рассылкой? Например: <code>/campaigns 12 { $word }</code>
campaign-nobody = Отправлять некому или нечего: проверьте, кому и что.
campaign-word-pause = пауза
campaign-word-resume = дальше
campaign-word-cancel = отмена

button-campaign-pause = Приостановить
button-campaign-resume = Продолжить
button-campaign-cancel = Отменить рассылку
button-campaign-cancel-sure = Да, отменить
button-campaign-keep = Не отменять
button-campaigns = ← Все рассылки
button-campaign-new = Новая рассылка

## Получателю

button-mailings-stop = Не присылать такое
button-mailings-back = Вернуть рассылки
mailings-stopped = Хорошо, таких рассылок больше не будет. Передумаете — кнопка здесь же.
mailings-back = Рассылки снова включены.
mailings-of-staff = Это проба: у студента эта кнопка отключает рассылки.
consent-campaigns = на рассылки центра карьеры

## Расписание

job-campaigns = рассылки
job-count-started = начато
job-count-finished = закончено
job-count-edited = обновлено сообщений о ходе
