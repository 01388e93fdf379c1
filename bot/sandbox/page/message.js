// One message as an element: what it carries, its time, its inline keyboard.

import { now, shown } from "./clock.js";
import { fileAddress } from "./server.js";
import { formatted, link, make } from "./text.js";
import { LANGUAGE, word } from "./words.js";

// The day in words, and how it is shown: "today" is yesterday once the clock has moved on.
export function dayOf(message) {
  const day = shown("day", new Date(message.payload.date * 1000));
  return { day, title: day === shown("day", now()) ? word("today") : day };
}

export function messageElement(message, actions) {
  const { payload } = message;
  const article = make("article", `message ${message.from_bot ? "incoming" : "outgoing"}`);
  article.dataset.id = message.id;
  const bubble = make("div", "bubble");
  if (payload.sticker) article.classList.add("bare");
  if (payload.forward_origin) {
    bubble.append(make("p", "forwarded", `${word("forwarded")} ${payload.forward_origin.sender_user_name ?? ""}`));
  }
  bubble.append(...attachments(payload));
  const text = payload.text ?? payload.caption;
  if (text) {
    const body = make("div", "text");
    body.append(formatted(text, payload.entities ?? payload.caption_entities, actions));
    bubble.append(body);
  }
  bubble.append(timeOf(message));
  article.append(bubble);
  if (message.buttons.length) article.append(keyboard(message, actions));
  return article;
}

function timeOf(message) {
  const time = make("time", "time", shown("time", new Date(message.payload.date * 1000)));
  time.dateTime = new Date(message.payload.date * 1000).toISOString();
  // Telegram marks what people edit; a bot's screens change in place without a word.
  if (message.payload.edit_date && !message.from_bot) time.prepend(`${word("edited")} `);
  return time;
}

function* attachments(payload) {
  if (payload.photo) {
    const picture = make("img", "photo");
    const { file_id: fileId, width, height } = payload.photo.at(-1);
    Object.assign(picture, { src: fileAddress(fileId), width, height, alt: payload.caption ?? word("photo") });
    yield picture;
  }
  if (payload.document) yield documentLink(payload.document);
  if (payload.sticker) yield make("div", "sticker", payload.sticker.emoji);
  if (payload.voice) yield voice(payload.voice.duration);
  if (payload.contact) yield card(payload.contact.first_name, payload.contact.phone_number);
  if (payload.location) yield card(word("location"), `${payload.location.latitude}, ${payload.location.longitude}`);
}

function documentLink(file) {
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", "#icon-file");
  icon.append(use);
  const about = make("span", "about", make("b", "", file.file_name), make("small", "", readableSize(file.file_size)));
  const anchor = make("a", "document", make("span", "document-icon", icon), about);
  anchor.href = fileAddress(file.file_id);
  anchor.download = file.file_name;
  return anchor;
}

function readableSize(bytes) {
  const [value, unit] = bytes < 1024 ? [bytes, "byte"] : bytes < 1048576 ? [bytes / 1024, "kilobyte"] : [bytes / 1048576, "megabyte"];
  return new Intl.NumberFormat(LANGUAGE, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
}

function voice(seconds) {
  const wave = make("span", "wave");
  for (let bar = 0; bar < 22; bar += 1) {
    const line = make("i");
    line.style.height = `${4 + Math.round(7 * Math.abs(Math.sin(bar * 1.7) + Math.cos(bar * 0.6)))}px`;
    wave.append(line);
  }
  const length = `0:${String(seconds).padStart(2, "0")}`;
  const element = make("div", "voice", make("span", "play", "▶"), wave, make("small", "", length));
  element.role = "img";
  element.ariaLabel = `${word("voiceMessage")}, ${length}`;
  return element;
}

const card = (title, line) => make("div", "card", make("b", "", title), make("small", "", line));

function keyboard(message, actions) {
  const rows = make("div", "inline-keyboard");
  for (const row of message.buttons) {
    const line = make("div", "row");
    for (const button of row) line.append(inlineButton(message, button, actions));
    rows.append(line);
  }
  return rows;
}

function inlineButton(message, button, actions) {
  if (button.url) {
    const anchor = link(button.url, actions);
    anchor.classList.add("inline-button", "to-address");
    anchor.append(button.text);
    return anchor;
  }
  const element = make("button", "inline-button", button.text);
  element.type = "button";
  element.addEventListener("click", () => actions.press(message, button, element));
  return element;
}
