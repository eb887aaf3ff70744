// Where a person writes or speaks.

import { h, icon, iconButton, ICONS } from "./dom";
import { canListen, listen, type Listening } from "./speech";
import { type Strings, fill } from "./strings";
import type { Lang } from "./types";

const LEFT_SHOWN_BELOW = 200;
// What the server takes; it looks at the content as well.
const FILES = ".pdf,.png,.jpg,.jpeg,.webp,.docx,.xlsx,.txt,.csv";
const SPOKEN: Record<Lang, string> = { vi: "vi-VN", en: "en-US" };

export class Composer {
  readonly element: HTMLElement;
  readonly field: HTMLTextAreaElement;
  readonly #send: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  readonly #left: HTMLElement;
  readonly #clip: HTMLButtonElement;
  #listening: Listening | null = null;

  constructor(
    readonly words: Strings,
    readonly lang: Lang,
    readonly limit: () => number,
    readonly say: (text: string) => boolean,
    stop: () => void,
    attach: (file: File) => void,
  ) {
    this.field = h("textarea", {
      attrs: { rows: 1, "aria-label": words.question, placeholder: words.placeholder, enterkeyhint: "send", autocomplete: "off" },
      on: { input: () => this.#fit() },
    });
    // Vietnamese is often typed through an input method: Enter then belongs to it.
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    this.#send = h("button", { class: "send", attrs: { type: "submit", "aria-label": words.send, title: words.send } });
    this.#send.append(icon(...ICONS.send));
    this.#stop = iconButton(words.stop, "stop", "send", stop);
    this.#stop.hidden = true;
    this.#left = h("p", { class: "left", attrs: { role: "status" } });
    const form = h("form", { class: "composer" }, this.field);
    const input = this.#files(attach);
    this.#clip = iconButton(words.attach, "clip", "tool", () => input.click());
    this.#clip.hidden = true;
    form.append(this.#clip, input);
    if (canListen()) form.append(this.#microphone());
    form.append(this.#send, this.#stop);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.element = h("div", { class: "foot" }, form, this.#left, h("p", { class: "fine" }, words.disclaimer));
  }

  /** While an answer is awaited the button stops the waiting instead. */
  wait(busy: boolean): void {
    const focused = (this.element.getRootNode() as ShadowRoot).activeElement;
    this.#clip.disabled = busy;
    this.#send.hidden = busy;
    this.#stop.hidden = !busy;
    if (focused === this.#send || focused === this.#stop) this.field.focus();
  }

  /** Put a text where nothing is written yet. */
  offer(text: string): void {
    if (this.field.value) return;
    this.field.value = text;
    this.#fit();
  }

  /** Files prove a report: only staff send them. */
  allowFiles(allowed: boolean): void {
    this.#clip.hidden = !allowed;
  }

  #files(attach: (file: File) => void): HTMLInputElement {
    const input = h("input", { attrs: { type: "file", hidden: true, accept: FILES } });
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      if (file) attach(file);
      input.value = "";
    });
    return input;
  }

  #submit(): void {
    const over = this.#over();
    if (over < 0 || !this.say(this.field.value)) return;
    this.#listening?.drop();
    this.field.value = "";
    this.#fit();
    this.field.focus();
  }

  #over(): number {
    return this.limit() - [...this.field.value].length;
  }

  #fit(): void {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 160)}px`;
    const left = this.#over();
    this.#left.textContent = left < LEFT_SHOWN_BELOW ? fill(this.words.left, { left }) : "";
    this.#left.classList.toggle("over", left < 0);
  }

  #microphone(): HTMLButtonElement {
    const node = iconButton(this.words.speak, "microphone", "tool", () => {
      if (this.#listening) return this.#listening.stop();
      const before = this.field.value ? `${this.field.value.trimEnd()} ` : "";
      const heard = (text: string) => {
        this.field.value = before + text;
        this.#fit();
      };
      const ended = () => {
        this.#listening = null;
        node.setAttribute("aria-pressed", "false");
        this.field.focus();
      };
      node.setAttribute("aria-pressed", "true");
      this.#listening = listen(SPOKEN[this.lang], heard, ended);
    });
    node.setAttribute("aria-pressed", "false");
    return node;
  }
}
