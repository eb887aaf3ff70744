// What a dialog asks for, with a field made for it. Words in the composer do as well.

import { button, h } from "./dom";
import { type Strings, fill } from "./strings";

/** A field for what `asks` names; null where words are best. `answer` sends it. */
export function field(asks: string | undefined, words: Strings, answer: (text: string) => void): HTMLElement | null {
  return asks === "percent" ? percent(words, answer) : null;
}

function percent(words: Strings, answer: (text: string) => void): HTMLElement {
  const range = { type: "range", min: 0, max: 100, step: 5, value: 50, "aria-label": words.percent_slider };
  const slider = h("input", { class: "slider", attrs: range });
  const number = h("input", {
    class: "number",
    attrs: { type: "number", min: 0, max: 100, step: 1, value: 50, inputmode: "numeric", required: true, "aria-label": words.percent },
  });
  const send = button("", "choice", () => undefined);
  send.type = "submit";
  const show = () => {
    send.textContent = fill(words.send_percent, { percent: number.value || "…" });
  };
  slider.addEventListener("input", () => {
    number.value = slider.value;
    show();
  });
  number.addEventListener("input", () => {
    slider.value = number.value;
    show();
  });
  show();
  const form = h("form", { class: "percent", attrs: { "aria-label": words.percent } }, slider, number, h("span", { attrs: { "aria-hidden": "true" } }, "%"), send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(`${number.value}%`);
  });
  return form;
}
