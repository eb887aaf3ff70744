// Below an answer: when it came, was it helpful, copy.

import { button, h, iconButton } from "./dom";
import type { Strings } from "./strings";
import type { Lang, Vote } from "./types";

export interface Rating {
  vote: Vote | null;
  /** False where there is nothing to judge, such as a greeting. */
  open: boolean;
  rate(vote: Vote | "", comment: string): Promise<void>;
}

export function time(at: Date, lang: Lang): HTMLTimeElement {
  const today = at.toDateString() === new Date().toDateString();
  const options: Intl.DateTimeFormatOptions = today ? { timeStyle: "short" } : { dateStyle: "short", timeStyle: "short" };
  const full = new Intl.DateTimeFormat(lang, { dateStyle: "full", timeStyle: "short" }).format(at);
  return h("time", { attrs: { datetime: at.toISOString(), title: full } }, new Intl.DateTimeFormat(lang, options).format(at));
}

export function footer(text: string, at: Date, lang: Lang, rating: Rating, words: Strings): HTMLElement {
  const node = h("div", { class: "under", attrs: { "aria-live": "off" } });
  const said = h("span", { class: "said", attrs: { role: "status" } });
  const copy = iconButton(words.copy, "copy", "small", () => {
    void copied(text, node).then((done) => (said.textContent = done ? words.copied : words.not_copied));
  });
  node.append(time(at, lang), copy);
  if (rating.open) node.append(...votes(rating, words, said, node));
  node.append(said);
  return node;
}

function votes(rating: Rating, words: Strings, said: HTMLElement, node: HTMLElement): HTMLElement[] {
  const comment = h("form", { class: "comment", attrs: { hidden: true } });
  const text = h("input", { attrs: { type: "text", maxlength: 1000, "aria-label": words.comment, placeholder: words.comment } });
  const send = button(words.send, "choice", () => undefined);
  send.type = "submit";
  comment.append(text, send);
  let sending = false;
  const press = async (vote: Vote | "", words_of_it = "") => {
    if (sending) return;
    sending = true;
    try {
      await rating.rate(vote, words_of_it);
      said.textContent = vote ? words.thanks : words.taken_back;
      comment.hidden = !vote || Boolean(words_of_it);
      if (!comment.isConnected) node.after(comment);
    } catch {
      said.textContent = words.failed;
    }
    sending = false;
    show();
  };
  const up = iconButton(words.helpful, "up", "small", () => void press(rating.vote === "up" ? "" : "up"));
  const down = iconButton(words.not_helpful, "down", "small", () => void press(rating.vote === "down" ? "" : "down"));
  const show = () => {
    up.setAttribute("aria-pressed", String(rating.vote === "up"));
    down.setAttribute("aria-pressed", String(rating.vote === "down"));
  };
  comment.addEventListener("submit", (event) => {
    event.preventDefault();
    if (rating.vote) void press(rating.vote, text.value.trim());
  });
  show();
  return [up, down];
}

/** Copy a text; the older way serves pages that are not served over HTTPS. */
async function copied(text: string, near: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = h("textarea", { class: "hidden" }, text);
    near.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
