// The list of people to be.

import { make } from "./text.js";
import { word } from "./words.js";

export function fullName(person) {
  return [person.first_name, person.last_name].filter(Boolean).join(" ");
}

export function avatar(person) {
  const initials = [person.first_name, person.last_name].filter(Boolean).map((name) => [...name][0]).join("");
  const element = make("span", "avatar", initials.toUpperCase());
  element.dataset.hue = person.id % 7;
  element.ariaHidden = "true";
  return element;
}

export function drawPeople(list, people, currentId, onPick) {
  const focused = document.activeElement?.closest?.("#people button")?.dataset.id;
  list.replaceChildren(...[...people].map((person) => make("li", "", entry(person, currentId, onPick))));
  if (focused) list.querySelector(`button[data-id="${focused}"]`)?.focus();
}

function entry(person, currentId, onPick) {
  const { about } = person;
  const lines = make("span", "lines", make("span", "name", fullName(about)));
  if (about.label) lines.append(make("span", "label", about.label));
  lines.append(make("span", "line", about.description || lastLine(person)));
  const button = make("button", "person", avatar(about), lines);
  const language = make("span", "language", about.language_code);
  button.append(make("span", "signs", language, ...(person.unread ? [unreadDot()] : [])));
  button.type = "button";
  button.dataset.id = about.id;
  if (about.id === currentId) button.ariaCurrent = "true";
  button.addEventListener("click", () => onPick(about.id));
  return button;
}

function unreadDot() {
  const dot = make("span", "unread");
  dot.role = "img";
  dot.ariaLabel = word("unread");
  return dot;
}

function lastLine(person) {
  const last = [...person.messages.values()].at(-1);
  return last?.payload.text ?? last?.payload.caption ?? "";
}
