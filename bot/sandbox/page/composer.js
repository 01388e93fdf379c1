// The lower part of the chat: START, writing, attaching, the command menu, the reply keyboard.

import { make } from "./text.js";
import { word } from "./words.js";

const find = (id) => document.getElementById(id);

// A menu that a button opens; Esc and a press elsewhere close it.
export function dropdown(button, menu) {
  const toggle = (open) => {
    menu.hidden = !open;
    button.ariaExpanded = String(open);
  };
  button.addEventListener("click", () => {
    toggle(menu.hidden);
    if (!menu.hidden) menu.querySelector("button")?.focus();
  });
  document.addEventListener("click", (event) => {
    if (!button.contains(event.target)) toggle(false);
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    toggle(false);
    button.focus();
  });
}

export class Composer {
  constructor(actions) {
    this.actions = actions;
    this.commands = [];
    this.input = find("input");
    this.list = find("commands");
    dropdown(find("attach"), find("attach-menu"));
    find("form").addEventListener("submit", (event) => this.submit(event));
    find("start").addEventListener("click", () => actions.begin());
    find("menu").addEventListener("click", () => this.toggleMenu());
    find("keyboard-toggle").addEventListener("click", (event) => this.toggleKeyboard(event.currentTarget));
    this.input.addEventListener("input", () => this.suggest());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("keydown", (event) => this.key(event));
    for (const button of document.querySelectorAll("[data-send]")) {
      button.addEventListener("click", () => this.attach(button.dataset.send));
    }
    for (const kind of ["photo", "document"]) {
      find(`${kind}-file`).addEventListener("change", (event) => this.chosen(kind, event.currentTarget));
    }
  }

  submit(event) {
    event?.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.grow();
    this.closeCommands();
    this.actions.send(text);
  }

  attach(kind) {
    if (kind === "photo" || kind === "document") find(`${kind}-file`).click();
    else this.actions.sendThing(kind);
  }

  chosen(kind, field) {
    if (field.files.length) this.actions.sendThing(kind, { file: field.files[0] });
    field.value = "";
  }

  key(event) {
    const options = [...this.list.querySelectorAll("button")];
    const place = options.indexOf(document.activeElement);
    if (event.key === "Escape" && !this.list.hidden) {
      this.closeCommands();
      this.input.focus();
    } else if (event.key === "ArrowUp" && options.length && !this.list.hidden) {
      event.preventDefault();
      (options[place < 0 ? options.length - 1 : place - 1] ?? this.input).focus();
    } else if (event.key === "ArrowDown" && place >= 0) {
      event.preventDefault();
      (options[place + 1] ?? this.input).focus();
    } else if (event.key === "Enter" && !event.shiftKey && event.target === this.input && !event.isComposing) {
      this.submit(event);
    }
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 140)}px`;
  }

  suggest() {
    this.grow();
    const typed = this.input.value;
    const fitting = /^\/\w*$/.test(typed) ? this.commands.filter(({ command }) => `/${command}`.startsWith(typed)) : [];
    this.showCommands(fitting);
  }

  toggleMenu() {
    if (!this.list.hidden) return this.closeCommands();
    this.showCommands(this.commands);
    this.list.querySelector("button")?.focus();
  }

  showCommands(commands) {
    this.list.replaceChildren(...commands.map((command) => this.commandEntry(command)));
    this.list.hidden = !commands.length;
    find("menu").ariaExpanded = String(!this.list.hidden);
  }

  closeCommands() {
    this.showCommands([]);
  }

  commandEntry({ command, description }) {
    const button = make("button", "", make("b", "", `/${command}`), make("span", "", description));
    button.type = "button";
    button.role = "option";
    button.addEventListener("click", () => {
      this.input.value = "";
      this.closeCommands();
      this.actions.send(`/${command}`);
      this.input.focus();
    });
    const item = make("li", "", button);
    item.role = "presentation";
    return item;
  }

  toggleKeyboard(button) {
    const keyboard = find("reply-keyboard");
    keyboard.hidden = !keyboard.hidden;
    button.ariaExpanded = String(!keyboard.hidden);
  }

  setCommands(commands) {
    this.commands = commands;
    find("menu").hidden = !commands.length;
  }

  // `lead` is what the big button says, where there is nothing to write yet.
  show(lead, replyMarkup) {
    const hadFocus = document.activeElement === find("start");
    find("start").hidden = !lead;
    find("start").textContent = lead;
    find("form").hidden = Boolean(lead);
    if (hadFocus && !lead) this.input.focus();
    const rows = lead ? [] : (replyMarkup?.keyboard ?? []);
    const shape = JSON.stringify(rows);
    this.input.placeholder = replyMarkup?.input_field_placeholder ?? word("message");
    if (shape === this.shape) return;
    this.shape = shape;
    find("keyboard-toggle").hidden = !rows.length;
    find("keyboard-toggle").ariaExpanded = String(rows.length > 0);
    find("reply-keyboard").hidden = !rows.length;
    find("reply-keyboard").replaceChildren(...rows.map((row) => this.keyboardRow(row)));
  }

  keyboardRow(row) {
    const line = make("div", "row");
    for (const { text } of row) {
      const button = make("button", "", text);
      button.type = "button";
      button.addEventListener("click", () => this.actions.tap(text));
      line.append(button);
    }
    return line;
  }
}
