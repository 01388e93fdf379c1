### Вакансии для специалиста: написать, посмотреть глазами студента, опубликовать, закрыть, загрузить таблицей.

command-vacancy-new = Опубликовать вакансию
command-vacancy-close = Мои вакансии: отклики, закрыть

## Вопросы

vacancy-ask-name = <b>Новая вакансия.</b> Кого ищут? Название как в объявлении, например «Сварщик на полуавтомат».
vacancy-ask-employer = Кто берёт на работу? Например: ООО «Металлист».
vacancy-ask-kind = Что предлагают?
vacancy-ask-place = Где? Город и адрес, например «Казань, ул. Гагарина, 5».
vacancy-ask-pay = Сколько платят в месяц? Например «60 000» или «60 000 – 80 000».
vacancy-ask-schedule = Какой график?
vacancy-ask-experience = Какой нужен опыт?
vacancy-ask-quota = Место по квоте для людей с инвалидностью?
vacancy-ask-duty = Что делать и на каких условиях? Пара фраз. Телефоны и почту людей студентам не показываю: для связи есть ссылка.
vacancy-ask-link = Где откликнуться? Ссылка, которая начинается с https://

vacancy-refused-name = Здесь нужно название работы словами, до 300 знаков. Например «Повар горячего цеха».
vacancy-refused-employer = Здесь нужно название организации, до 300 знаков. Например: ООО «Металлист».
vacancy-refused-place = Здесь нужен город или адрес словами, до 300 знаков. Например «Казань, ул. Гагарина, 5».
vacancy-refused-pay = Не разобрал сумму. Напишите рубли в месяц: «60 000» или «60 000 – 80 000».
vacancy-refused-duty = Здесь нужна пара фраз словами. Например «Сварка металлоконструкций, обучение за наш счёт».
vacancy-refused-link = Ссылка должна начинаться с https:// или http://, например https://example.org/job. Если её нет, нажмите «Пропустить».

vacancy-part-name = Название
vacancy-part-employer = Работодатель
vacancy-part-kind = Что предлагают
vacancy-part-place = Место
vacancy-part-pay = Зарплата
vacancy-part-schedule = График
vacancy-part-experience = Опыт
vacancy-part-quota = Квота
vacancy-part-duty = Обязанности и условия
vacancy-part-link = Ссылка
vacancy-change = Что поправить?

## Предпросмотр и публикация

button-publish = Опубликовать
button-vacancy-change = Поправить
button-vacancy-specialties = Специальности
button-vacancy-drop = Не публиковать
button-vacancy-preview = К вакансии
button-vacancy-rules = Как находят правила
vacancy-students = { $count ->
    [0] Среди ваших студентов пока никого с такой специальностью.
    [one] Подходит <b>{ $count }</b> вашему студенту.
   *[other] Подходит <b>{ $count }</b> вашим студентам.
}
vacancy-more-specialties = { $count ->
    [one] и ещё { $count } специальность
    [few] и ещё { $count } специальности
   *[many] и ещё { $count } специальностей
}
vacancy-specialties = Кому подходит? Отметьте специальности. Нет нужной — напишите код или пару букв из названия. Пока ничего не отмечено, специальности находят правила.
vacancy-specialty-not-found = По запросу «{ $query }» ничего не нашлось. Напишите код, например 09.02.07, или пару букв из названия.
vacancy-published = Опубликовано под номером { $number }. Подходящие студенты увидят её в /vacancies. Что из неё вышло и как закрыть: /vacancy_close
vacancy-double = Точно такая вакансия уже открыта из другого источника, студенты её видят. Если это другая работа, поправьте название.

## Опубликованные

vacancy-published-count = { $count ->
    [0] Пока ничего не опубликовано. Новая вакансия: /vacancy_new
    [one] Опубликована { $count } вакансия.
    [few] Опубликовано { $count } вакансии.
   *[many] Опубликовано { $count } вакансий.
}
vacancy-line-closed = ✔ { $name }
button-vacancy-done = Готово
button-vacancy-shut = Закрыть вакансию
button-vacancy-shut-sure = Да, закрыть
vacancy-sure = Закрыть «{ $name }»? Студенты перестанут её видеть.
vacancy-not-yours = Среди ваших вакансий такой нет. Все ваши: /vacancy_close

## Таблица

button-table-apply = { $count ->
    [one] Загрузить { $count } вакансию
    [few] Загрузить { $count } вакансии
   *[many] Загрузить { $count } вакансий
}
button-table-example = Прислать образец
vacancy-table-row = строка { $row }: { $reason }
vacancy-table-repeated = строка { $row }: та же вакансия, что в строке { $first }
vacancy-table-more = { $count ->
    [one] и ещё { $count } строка
    [few] и ещё { $count } строки
   *[many] и ещё { $count } строк
}
vacancy-bad-name = не разобрал название работы
vacancy-bad-employer = не разобрал работодателя
vacancy-bad-region = код региона из 13 цифр или пусто: тогда ваш регион
vacancy-bad-id = номер без пробелов, до 80 знаков, или пусто
vacancy-bad-kind = вид: постоянная, временная, летняя, практика, целевое обучение
vacancy-bad-schedule = график: полный день, сменами, неполный день, удалённо
vacancy-bad-pay = зарплата в рублях в месяц, от 1000; «до» не меньше «от»
vacancy-bad-experience = опыт в целых годах: 0, 1, 2…
vacancy-bad-quota = квота: да или нет
vacancy-bad-link = ссылка, которая начинается с https://
vacancy-bad-text = в ячейке дата или время вместо текста
vacancy-table-no-table = Это не таблица: нужен файл CSV или XLSX.
vacancy-table-no-columns = В этой таблице не нашлось нужных столбцов.
vacancy-table-too-long = Больше 5000 строк за раз не прочитать. Разделите таблицу на несколько.
vacancy-table-too-heavy = Файл слишком тяжёлый внутри: столько не развернуть. Сохраните нужный лист как CSV и пришлите его.
vacancy-table-broken = Файл не читается. Откройте его, сохраните заново как XLSX или CSV и пришлите ещё раз.
vacancy-table-too-large = Файл больше 20 МБ, Telegram такие ботам не отдаёт. Разделите таблицу или сохраните как CSV.
vacancy-table-gone = Не получилось взять файл у Telegram. Пришлите его ещё раз.
vacancy-table-later = Сначала закончите вакансию, которую начали, или остановитесь: /cancel. Потом пришлите таблицу.
vacancy-table-file-name = Вакансии, образец.csv
vacancy-table-caption = Образец. Замените строки своими и пришлите файл сюда. Лишние столбцы можно удалить, кроме первых двух.

## Город у студента

vacancy-town = Город: { $town }
vacancy-town-any = Город: любой
vacancy-towns = Где искать? Здесь города, где подходящего больше всего.
vacancy-no-towns = Пока у подходящих вакансий не указан город.
button-vacancy-anywhere = Любой
