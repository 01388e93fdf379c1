// The sandbox's clock: what time it is there, and the buttons that let it pass.

import { dropdown } from "./composer.js";
import * as server from "./server.js";
import { LANGUAGE, word } from "./words.js";

const find = (id) => document.getElementById(id);
const STYLES = {
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  day: { day: "numeric", month: "long" },
  short: { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  long: { weekday: "long", day: "numeric", month: "long" },
};
let formats = {};
let ahead = 0; // milliseconds before the browser's clock

function formatsOf(timeZone) {
  return Object.fromEntries(
    Object.entries(STYLES).map(([name, style]) => [name, new Intl.DateTimeFormat(LANGUAGE, { ...style, timeZone })]),
  );
}

export const now = () => new Date(Date.now() + ahead);
export const shown = (style, date) => formats[style].format(date);

// Take over the time of the server, in the zone where its people live.
export function setClock(clock) {
  ahead = clock.now * 1000 - Date.now();
  formats = formatsOf(clock.zone ?? undefined);
  find("clock-anchor").hidden = !clock.movable;
  draw();
}

function draw() {
  find("clock-time").textContent = shown("short", now());
  find("clock-day").textContent = shown("long", now());
}

export function wireClock(onRefusal) {
  formats = formatsOf(undefined);
  dropdown(find("clock"), find("clock-menu"));
  for (const button of find("clock-menu").querySelectorAll("button")) {
    button.addEventListener("click", async () => {
      find("clock").focus();
      try {
        setClock(await server.letPass(JSON.parse(button.dataset.pass)));
      } catch (error) {
        onRefusal(error);
      }
    });
  }
  setInterval(draw, 1000);
  find("clock").title = word("clock");
}
