// The conversation: what was said, what is being sent, and the page around it.

import { SendError, randomId, send } from "./stream.js";
import * as view from "./view.js";

const LIMIT = 2000;
const LEFT_SHOWN_FROM = 1800;
const STORE = "sauro-conversation";

const $ = (id) => document.getElementById(id);
const log = $("log");
const field = $("question");
let busy = false;
let conversation = restore() ?? { id: randomId(), turns: [] };

function restore() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE));
  } catch {
    return null;
  }
}

function keep() {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(conversation));
  } catch {
    // Storage is closed or full: the conversation lives as long as the page.
  }
}

// The last question goes to the top, so that a long answer is read from its beginning.
function toLastQuestion() {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  log.querySelector(".mine:nth-last-child(2)")?.scrollIntoView({ block: "start", behavior: calm ? "instant" : "smooth" });
}

function showStarted() {
  $("welcome").hidden = conversation.turns.length > 0 || busy;
}

function retireChoices() {
  for (const choice of log.querySelectorAll(".choices button")) choice.disabled = true;
}

function ask(payload, shown = payload) {
  if (busy || !payload.trim()) return;
  retireChoices();
  log.append(view.question(shown));
  const article = view.answer();
  log.append(article);
  deliver({ id: randomId(), payload, shown, replies: [] }, article);
}

// A message sent again keeps its id, so the server answers it once.
async function deliver(turn, article) {
  busy = true;
  $("send").disabled = true;
  showStarted();
  const waiting = view.thinking();
  article.append(waiting);
  toLastQuestion();
  turn.replies = [];
  const drawn = [];
  try {
    await send(conversation.id, turn.id, turn.payload, (message) => {
      turn.replies.push(message);
      drawn.push(view.reply(message, ask));
    });
    article.append(...drawn);
    conversation.turns.push(turn);
    keep();
  } catch (error) {
    const failure = view.failure(error instanceof SendError ? error.message : "", () => {
      failure.remove();
      deliver(turn, article);
    });
    article.append(failure);
  } finally {
    waiting.remove();
    busy = false;
    $("send").disabled = false;
    toLastQuestion();
  }
}

function redraw() {
  log.replaceChildren();
  for (const turn of conversation.turns) {
    retireChoices();
    const article = view.answer();
    article.append(...turn.replies.map((message) => view.reply(message, ask)));
    log.append(view.question(turn.shown), article);
  }
  showStarted();
}

function fit() {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 180)}px`;
  const left = LIMIT - [...field.value].length;
  $("left").hidden = left > LIMIT - LEFT_SHOWN_FROM;
  $("left").textContent = view.strings.too_long.replace("{left}", left);
  $("left").classList.toggle("over", left < 0);
}

$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  if (busy) return;
  const text = field.value;
  field.value = "";
  fit();
  ask(text);
  field.focus();
});

field.addEventListener("input", fit);
field.addEventListener("keydown", (event) => {
  // Vietnamese is often typed through an input method: Enter then belongs to it.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("composer").requestSubmit();
  }
});

$("new").addEventListener("click", () => {
  if (busy) return;
  conversation = { id: randomId(), turns: [] };
  keep();
  redraw();
  field.focus();
});

$("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try {
    localStorage.setItem("sauro-theme", root.dataset.theme);
  } catch {
    // Storage is closed to this page: the choice lasts until it is left.
  }
});

for (const sample of view.strings.samples) {
  const item = view.element("li");
  item.append(view.button(sample, "sample", () => ask(sample)));
  $("samples").append(item);
}
if ($("contact").dataset.contact) $("contact").textContent = `${view.strings.contact_label}: ${$("contact").dataset.contact}`;
redraw();
toLastQuestion();
