// The page's own words; what the bot says comes from the bot.

const WORDS = {
  ru: {
    people: "Кто вы", newPerson: "Новый человек", back: "К списку", more: "Ещё", block: "Заблокировать бота",
    unblock: "Разблокировать", messages: "Сообщения", commands: "Команды", menu: "Меню", attach: "Прикрепить",
    photo: "Фото", document: "Файл", sticker: "Стикер", voice: "Голосовое", contact: "Мой контакт",
    message: "Сообщение", keyboard: "Кнопки бота", send: "Отправить", close: "Закрыть", cancel: "Отмена",
    create: "Создать", name: "Имя", language: "Язык", start: "СТАРТ", bot: "бот", typing: "печатает…",
    sending: "отправляет файл…", edited: "изменено", unread: "есть новое", forwarded: "Переслано от",
    whatCanDo: "Что умеет этот бот?", today: "Сегодня", voiceMessage: "Голосовое сообщение",
    location: "Место на карте", spoiler: "Скрытый текст, нажмите, чтобы показать",
    offline: "нет связи с песочницей…", pick: "Выберите, кем вы будете",
    clock: "Который час в песочнице", hourLater: "Через час", untilEvening: "К 18:00", dayLater: "Через день",
    clockHint: "Время пройдёт сразу, и бот это заметит: пришлёт то, чему настал срок.",
    sandboxHint: "Песочница: настоящий бот, но Telegram здесь ненастоящий. Наружу ничего не уходит.",
  },
  en: {
    people: "Act as", newPerson: "New person", back: "Back to the list", more: "More", block: "Block the bot",
    unblock: "Unblock", messages: "Messages", commands: "Commands", menu: "Menu", attach: "Attach",
    photo: "Photo", document: "File", sticker: "Sticker", voice: "Voice message", contact: "My contact",
    message: "Message", keyboard: "The bot's buttons", send: "Send", close: "Close", cancel: "Cancel",
    create: "Create", name: "Name", language: "Language", start: "START", bot: "bot", typing: "typing…",
    sending: "sending a file…", edited: "edited", unread: "something new", forwarded: "Forwarded from",
    whatCanDo: "What can this bot do?", today: "Today", voiceMessage: "Voice message",
    location: "A place on the map", spoiler: "Hidden text, press to show",
    offline: "no connection to the sandbox…", pick: "Choose who to act as",
    clock: "The time in the sandbox", hourLater: "In an hour", untilEvening: "By 18:00", dayLater: "In a day",
    clockHint: "The time passes at once, and the bot notices: what is due by then arrives.",
    sandboxHint: "A sandbox: the bot is real, Telegram is not. Nothing leaves this computer.",
  },
};

const requested = new URLSearchParams(location.search).get("lang") ?? navigator.language;
export const LANGUAGE = requested.startsWith("ru") ? "ru" : "en";

export const word = (name) => WORDS[LANGUAGE][name];

export function translatePage() {
  document.documentElement.lang = LANGUAGE;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", word(element.dataset.label));
    if (element.matches("button")) element.title = word(element.dataset.label);
  }
  for (const element of document.querySelectorAll("[data-placeholder]")) {
    element.placeholder = word(element.dataset.placeholder);
  }
}
