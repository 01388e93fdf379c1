### Вакансии: список, карточка, фильтры.

command-vacancies = Вакансии для меня
button-vacancies = Вакансии для меня
button-vacancy-filters = Что искать
button-vacancy-search = Найти по словам
button-vacancy-link = Открыть вакансию
button-vacancy-list = ← К списку
button-vacancy-save = Сохранить
button-vacancy-unsave = Убрать из сохранённых
button-vacancy-hide = Не для меня
button-vacancy-show = Показать
button-vacancy-reset = Сбросить всё
button-applied = Отметить отклик
button-hired = Меня взяли на работу
button-hired-in-trade = Да, по моей специальности
button-hired-elsewhere = Нет, в другом деле
button-previous = ← Раньше
button-next = Ещё →

vacancy-count = { $count ->
    [0] Пока ничего не нашлось.
    [one] { $count } вакансия.
    [few] { $count } вакансии.
   *[many] { $count } вакансий.
}
vacancy-pay-from = от { $pay } ₽
vacancy-pay-between = { $lowest }–{ $highest } ₽
vacancy-kind-permanent = Постоянная
vacancy-kind-temporary = Временная
vacancy-kind-summer = На лето
vacancy-kind-practice = Практика
vacancy-kind-targeted = Целевой договор
vacancy-schedule-full_day = полный день
vacancy-schedule-shifts = сменами
vacancy-schedule-part_time = неполный день
vacancy-schedule-remote = из дома
vacancy-only-no-experience = Без опыта
vacancy-only-quota = Места по квоте
vacancy-only-saved = Сохранённые
vacancy-filters = Что искать? Нажмите, чтобы включить или выключить.
vacancy-fits-schedule = удобный вам график
vacancy-fits-no-experience = опыт не нужен
vacancy-experience = { $years ->
    [one] от { $years } года
   *[other] от { $years } лет
}
vacancy-why-hide = Почему не подходит? Больше её не покажу.
vacancy-hide-far = Далеко
vacancy-hide-pay = Мало платят
vacancy-hide-hours = Неудобный график
vacancy-hide-trade = Не моё дело
vacancy-hide-other = Другая причина
vacancy-hidden = Убрал. Показываю остальные.
vacancy-hired-question = Поздравляю! Работа по вашей специальности?
vacancy-hired = Поздравляю! Записал.
vacancy-search = Напишите одно-два слова: «сварщик», «помощник повара», «склад».
