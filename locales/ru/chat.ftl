### Строки чата. Кнопка говорит, что произойдёт; «вы» — с маленькой буквы.

## Кнопки

button-agree = Согласиться и начать
button-read-consent = Прочитать целиком
button-refuse = Не соглашаться
button-other-language = English
button-reconsider = Всё-таки начать
button-back = ← Назад
button-skip = Пропустить
button-why = Зачем это?
button-finish = { $count ->
    [one] Готово: { $count } пункт
    [few] Готово: { $count } пункта
   *[many] Готово: { $count } пунктов
}
button-confirm = Всё верно
button-change = Изменить ответ
button-sensitive-yes = Ответить на два вопроса
button-sensitive-no = Не отвечать
button-withdraw-sensitive = Забрать деликатные ответы
button-add-sensitive = Деликатные вопросы
button-resume = Продолжить
button-start-over = Начать заново
button-steps = Что мне поможет
button-profile = Мои ответы
button-home = В начало
button-language = Язык / Language
button-help = Помощь
button-open-link = Открыть страницу
button-step-done = Уже сделано
button-all-steps = ← Все шаги
button-keep = Оставить всё как есть
button-erase = Стереть мои данные
button-close = Закрыть
button-enter-fact = Уточнить сведения
button-save = Записать
button-history = История

option-ticked = ✅ { $option }
option-unticked = { $option }
answer-skipped = без ответа

## Анкета

refused-button-expected = Здесь проще всего нажать кнопку под вопросом.
refused-text-expected = Здесь нужен ответ словами. Напишите его обычным сообщением.
refused-not-a-number = Здесь нужно число, например 3.
refused-too-small = Нужно число не меньше { $minimum }.
refused-too-large = Нужно число не больше { $maximum }.
refused-not-a-date = Не разобрал дату. Напишите так: 14.03.2027.
refused-too-early = Нужна дата не раньше { $minimum }.
refused-too-late = Нужна дата не позже { $maximum }.
refused-too-long = Получилось длинновато. Уложитесь, пожалуйста, в { $maximum ->
    [one] { $maximum } знак
    [few] { $maximum } знака
   *[many] { $maximum } знаков
}.
refused-too-short = Коротковато. Напишите чуть подробнее.
refused-wrong-pattern = Похоже, закралась опечатка. Проверьте и напишите ещё раз.
refused-not-found = Не нашёл такого. Попробуйте пару букв из названия или код.
refused-nothing-chosen = Отметьте хотя бы один пункт.
refused-not-optional = Без этого ответа не подобрать подходящее. Ответьте, пожалуйста.

press-stale = Этот вопрос уже позади. Вот нынешний.
press-at-start = Это самый первый вопрос.
press-unknown = Эта кнопка больше не работает.
step-noted = Записал. Отлично!

## Ответы на команды

unknown-command = Такой команды нет. Что я умею: /help
stray-message = Пока я понимаю только кнопки и команды. Что я умею: /help
no-profile = Мы ещё не знакомы. Нажмите /start, это займёт пару минут.
dialog-outdated = Эта кнопка из закрытого окна. Откройте его командой заново.
fault = Что-то сломалось, и это наша вина. Попробуйте ещё раз. Если не поможет, назовите специалисту номер <code>{ $number }</code>.
cancelled = Остановились. Что я умею: /help
cancelled-profiling = Остановились. Ответы сохранены: продолжить можно в любой момент, /start
language-ru = Русский
language-en = English
language-set = Готово, теперь по-русски. Продолжить: /start
language-not-kept = Пока вы не начали, я ничего не запоминаю. Язык можно выбрать на первом экране: /start
erase-nothing = Ваших данных здесь нет.
erase-kept = Хорошо, всё осталось на месте.

## Согласие

consent-line = Согласие { $purpose }: { $moment }, редакция { $version }
consent-processing = на обработку данных
consent-sensitive = на деликатные вопросы
consent-file-name = Согласие на обработку данных.txt
consent-caption = Согласие целиком, редакция { $version }. Кнопки — в сообщении выше.

## Меню команд и описание

command-start = В начало
command-profile = Мои ответы
command-steps = Что мне поможет
command-language = Язык / Language
command-help = Что умеет бот
command-cancel = Остановиться
command-delete-me = Стереть мои данные
command-student = Карточка студента
command-groups = Группы и ссылки
command-colleges = Колледжи региона
command-invite = Пригласить сотрудника
bot-description = «Маршрут» — помощник центра карьеры колледжа. Пара минут вопросов, и станет понятно, что поможет найти работу по профессии.
resume-left = { $count ->
    [0] Осталось проверить ответы.
    [one] Остался { $count } вопрос.
    [few] Осталось { $count } вопроса.
   *[many] Осталось { $count } вопросов.
}
erased-facts = { $count ->
    [one] { $count } сведение из ответов
    [few] { $count } сведения из ответов
   *[many] { $count } сведений из ответов
}
erased-assessments = { $count ->
    [one] { $count } запись в истории
    [few] { $count } записи в истории
   *[many] { $count } записей в истории
}
erased-consents = { $count ->
    [one] { $count } согласие
    [few] { $count } согласия
   *[many] { $count } согласий
}
