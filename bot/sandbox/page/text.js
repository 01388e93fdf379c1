// Formatted text as elements. Whatever people and bots wrote only ever becomes text nodes.

import { word } from "./words.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const SAFE_LINK = /^(https?|mailto|tel|tg):/i;

export function make(tag, className = "", ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

// Offsets of entities count UTF-16 code units, as strings here do.
export function formatted(text, entities, actions) {
  const fragment = document.createDocumentFragment();
  fill(fragment, text, 0, text.length, [...(entities ?? [])], actions);
  return fragment;
}

// A block stands on lines of its own: the line break beside it is not drawn a second time.
const isBlock = (element) => element.matches("pre, blockquote");
const besideBlocks = (text, after, before) => {
  const rest = after && text.startsWith("\n") ? text.slice(1) : text;
  return before && rest.endsWith("\n") ? rest.slice(0, -1) : rest;
};

function fill(parent, text, from, to, entities, actions) {
  let position = from;
  let afterBlock = false;
  while (entities.length) {
    const entity = entities.shift();
    const begin = Math.max(entity.offset, position);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= begin) continue;
    const inner = [];
    while (entities.length && entities[0].offset < end) inner.push(entities.shift());
    const element = elementOf(entity, text.slice(begin, end), actions);
    fill(element, text, begin, end, inner, actions);
    parent.append(besideBlocks(text.slice(position, begin), afterBlock, isBlock(element)), element);
    position = end;
    afterBlock = isBlock(element);
  }
  parent.append(besideBlocks(text.slice(position, to), afterBlock, false));
}

function elementOf(entity, text, actions) {
  switch (entity.type) {
    case "text_link": return link(entity.url, actions);
    case "url": return link(/^[a-z]+:/i.test(text) ? text : `https://${text}`, actions);
    case "email": return link(`mailto:${text}`, actions);
    case "bot_command": return command(text, actions);
    case "spoiler": return spoiler();
    case "expandable_blockquote": return expandable();
    default: return make(TAGS[entity.type] ?? "span");
  }
}

export function link(url, actions) {
  const anchor = make("a");
  const start = actions.startParameter(url);
  if (start !== null) {
    anchor.href = url;
    anchor.addEventListener("click", (event) => {
      event.preventDefault();
      actions.start(start);
    });
  } else if (SAFE_LINK.test(url)) {
    anchor.href = url;
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
  }
  return anchor;
}

function command(text, actions) {
  const button = make("button", "link");
  button.type = "button";
  button.addEventListener("click", () => actions.send(text));
  return button;
}

function spoiler() {
  const hidden = pressable(make("span", "spoiler"), () => {
    hidden.classList.add("revealed");
    for (const name of ["role", "aria-label", "tabindex"]) hidden.removeAttribute(name);
  });
  hidden.ariaLabel = word("spoiler");
  return hidden;
}

function expandable() {
  const quote = pressable(make("blockquote", "expandable"), () => {
    quote.ariaExpanded = String(quote.classList.toggle("expanded"));
  });
  quote.ariaExpanded = "false";
  return quote;
}

// What holds formatted text cannot be a button element, yet it is pressed like one.
function pressable(element, press) {
  element.tabIndex = 0;
  element.role = "button";
  element.addEventListener("click", press);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press();
  });
  return element;
}
