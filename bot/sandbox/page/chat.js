// The page as a whole: who is there, whose chat is open, and what happens in it.

import { setClock, wireClock } from "./clock.js";
import { Composer, dropdown } from "./composer.js";
import { dayOf, messageElement } from "./message.js";
import { drawPeople } from "./people.js";
import * as server from "./server.js";
import { make } from "./text.js";
import { translatePage, word } from "./words.js";

const TYPING_SECONDS = 5; // as long as Telegram shows a chat action
const TOAST_SECONDS = 4;

const find = (id) => document.getElementById(id);
const address = new URLSearchParams(location.search);
const people = new Map();
let bot = {};
let currentId = null;
let pendingStart = address.get("start"); // a deep link that has not been followed yet
let typingTimer = null;
let toastTimer = null;
const pressed = new Map(); // query id → the button that waits for its answer

const current = () => people.get(currentId);

const actions = {
  send: (text) => attempt(server.say(currentId, "text", { text })),
  sendThing: (kind, fields) => attempt(server.say(currentId, kind, fields)),
  tap: (text) => attempt(server.tap(currentId, text)),
  begin: () => {
    const { standing } = current().about;
    if (standing === "blocked" && pendingStart === null) return attempt(server.setStanding(currentId, "active"));
    return actions.start(pendingStart ?? "");
  },
  start: (parameter) => {
    pendingStart = null;
    return actions.send(`/start ${parameter}`.trim());
  },
  // The parameter of a link that leads to this bot, null for any other link.
  startParameter: (url) => {
    const match = /^(?:https?:\/\/)?t\.me\/(\w+)\/?(?:\?(.*))?$/i.exec(url);
    if (match?.[1].toLowerCase() !== bot.username?.toLowerCase()) return null;
    return new URLSearchParams(match[2] ?? "").get("start") ?? "";
  },
  press: async (message, button, element) => {
    element.classList.add("waiting");
    const done = await attempt(server.press(currentId, message.id, button.callback_data));
    if (done) pressed.set(done.query_id, element);
    else element.classList.remove("waiting");
  },
};
const composer = new Composer(actions);

async function attempt(promise) {
  try {
    return await promise;
  } catch (error) {
    showToast(error.message);
    return null;
  }
}

async function loadPeople() {
  const state = await server.loadState();
  bot = state.bot;
  setClock(state.clock);
  find("bot-name").textContent = bot.first_name;
  find("bot-avatar").textContent = [...bot.first_name][0];
  document.title = bot.first_name;
  for (const about of state.people) {
    const known = people.get(about.id);
    if (known) Object.assign(known.about, about);
    else people.set(about.id, { about, messages: new Map(), revision: 0, unread: false, replyMarkup: null });
  }
  redrawPeople();
}

const redrawPeople = () => drawPeople(find("people"), people.values(), currentId, (id) => open(id));

async function open(id) {
  currentId = id;
  const person = current();
  person.unread = false;
  document.body.classList.add("in-chat");
  find("more-anchor").hidden = false;
  address.set("person", id);
  address.delete("start");
  history.replaceState(null, "", `?${address}`);
  find("messages").replaceChildren();
  showTyping(null);
  redrawPeople();
  await catchUp(id);
  for (const message of person.messages.values()) place(message);
  drawState();
  await refreshProfile();
  scrollDown();
  if (matchMedia("(hover: hover)").matches) (find("form").hidden ? find("start") : composer.input).focus();
}

async function refreshProfile() {
  const person = current();
  const profile = await server.loadPerson(person.about.id);
  Object.assign(person.about, profile);
  if (person !== current()) return;
  composer.setCommands(profile.commands);
  drawState();
}

// Fetches what is new; changes that arrive meanwhile are fetched in another round.
async function catchUp(id) {
  const person = people.get(id);
  if (!person) return loadPeople();
  person.stale = true;
  person.catching ??= (async () => {
    while (person.stale) {
      person.stale = false;
      take(person, await server.loadChanges(id, person.revision));
    }
  })().finally(() => { person.catching = null; });
  return person.catching;
}

function take(person, changes) {
  const fresh = changes.messages.filter((message) => message.revision > person.revision);
  const first = person.revision === 0;
  person.revision = changes.revision;
  person.replyMarkup = changes.reply_markup;
  person.about.standing = changes.standing;
  for (const message of fresh) person.messages.set(message.id, message);
  for (const id of changes.deleted) person.messages.delete(id);
  if (person !== current()) {
    person.unread ||= !first && fresh.some((message) => message.from_bot);
    return redrawPeople();
  }
  const atBottom = isAtBottom();
  for (const message of fresh) place(message);
  for (const id of changes.deleted) elementOf(id)?.remove();
  if (!first) changes.answers.forEach(showAnswer);
  // What the menu offers may depend on what has just been said: who has joined, in which language.
  if (fresh.some((message) => message.from_bot)) attempt(refreshProfile());
  if (changes.action && !first) showTyping(changes.action);
  else if (fresh.some((message) => message.from_bot)) showTyping(null);
  drawState();
  redrawPeople();
  if (atBottom || fresh.some((message) => !message.from_bot)) scrollDown();
  return undefined;
}

const elementOf = (id) => find("messages").querySelector(`[data-id="${id}"]`);

// Puts a message into the chat, or in place of what it looked like before.
function place(message) {
  const element = messageElement(message, actions);
  const before = elementOf(message.id);
  if (before) return replace(before, element);
  const { day, title } = dayOf(message);
  const last = [...find("messages").querySelectorAll(".day")].at(-1);
  if (last?.dataset.day !== day) {
    if (last) last.textContent = last.dataset.day; // it is not today any more, if it was
    const heading = make("p", "day", title);
    heading.dataset.day = day;
    find("messages").append(heading);
  }
  element.classList.add("new");
  find("messages").append(element);
  for (const picture of element.querySelectorAll("img")) picture.addEventListener("load", scrollDown, { once: true });
  return undefined;
}

// The keyboard's focus stays where it was when a screen changes under it.
function replace(before, element) {
  const place = [...before.querySelectorAll(".inline-button")].indexOf(document.activeElement);
  before.replaceWith(element);
  if (place >= 0) {
    const buttons = element.querySelectorAll(".inline-button");
    (buttons[Math.min(place, buttons.length - 1)] ?? find("messages")).focus({ preventScroll: true });
  }
}

function drawState() {
  const person = current();
  if (!person) return;
  const isEmpty = person.messages.size === 0;
  const isBlocked = person.about.standing === "blocked";
  const lead = isBlocked ? word("unblock") : word("start");
  composer.show(isEmpty || isBlocked || pendingStart !== null ? lead : "", person.replyMarkup);
  find("block").textContent = word(isBlocked ? "unblock" : "block");
  find("messages").classList.toggle("empty", isEmpty);
  find("messages").querySelector(".welcome")?.remove();
  if (isEmpty && person.about.bot_description) find("messages").append(welcome(person.about.bot_description));
}

function welcome(description) {
  return make("div", "welcome", make("h3", "", word("whatCanDo")), make("p", "", description));
}

function isAtBottom() {
  const box = find("messages");
  return box.scrollHeight - box.scrollTop - box.clientHeight < 120;
}

function scrollDown() {
  find("messages").scrollTop = find("messages").scrollHeight;
}

function showTyping(action) {
  clearTimeout(typingTimer);
  find("bot-status").textContent = action ? word(action.startsWith("upload") ? "sending" : "typing") : word("bot");
  find("bot-status").classList.toggle("active", Boolean(action));
  if (action) typingTimer = setTimeout(() => showTyping(null), TYPING_SECONDS * 1000);
}

function showAnswer(answer) {
  pressed.get(answer.query_id)?.classList.remove("waiting");
  pressed.delete(answer.query_id);
  if (!answer.text) return;
  if (!answer.show_alert) return showToast(answer.text);
  find("alert-text").textContent = answer.text;
  if (!find("alert").open) find("alert").showModal();
}

function showToast(text) {
  clearTimeout(toastTimer);
  find("toast").textContent = text;
  find("toast").hidden = false;
  toastTimer = setTimeout(() => { find("toast").hidden = true; }, TOAST_SECONDS * 1000);
}

function wireDialogs() {
  const dialog = find("person-dialog");
  find("add-person").addEventListener("click", () => {
    find("person-form").reset();
    dialog.showModal();
    find("person-name").focus();
  });
  find("person-cancel").addEventListener("click", () => dialog.close("cancel"));
  find("person-form").addEventListener("submit", async () => {
    const fields = new FormData(find("person-form"));
    const about = { first_name: fields.get("name"), language_code: fields.get("language") };
    const created = await attempt(server.addPerson(about));
    if (!created) return;
    await loadPeople();
    await open(created.id);
  });
  find("back").addEventListener("click", () => {
    document.body.classList.remove("in-chat");
    find("people").querySelector("[aria-current]")?.focus();
  });
  dropdown(find("more"), find("more-menu"));
  wireClock((error) => showToast(error.message));
  find("block").addEventListener("click", () => {
    const standing = current().about.standing === "blocked" ? "active" : "blocked";
    attempt(server.setStanding(currentId, standing));
  });
}

async function begin() {
  translatePage();
  wireDialogs();
  showTyping(null);
  find("messages").classList.add("empty");
  find("messages").append(make("p", "pick", word("pick")));
  await loadPeople();
  server.listen(
    (id) => catchUp(id),
    async (connected) => {
      if (!connected) find("bot-status").textContent = word("offline");
      else {
        showTyping(null);
        await loadPeople(); // what happened while nobody listened
        await Promise.all([...people.keys()].map(catchUp));
        if (current()) await refreshProfile();
      }
    },
  );
  const wanted = Number(address.get("person"));
  const isWide = matchMedia("(min-width: 720px)").matches;
  if (people.has(wanted)) await open(wanted);
  else if (isWide && people.size) await open(people.keys().next().value);
}

begin();
