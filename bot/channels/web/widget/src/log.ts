// What was said, as a list that readers announce: each reply once, when it comes.

import { field } from "./asking";
import type { Conversation, Turn, Watcher } from "./conversation";
import { button, h } from "./dom";
import { footer, time } from "./feedback";
import { reply } from "./reply";
import type { Strings } from "./strings";
import type { Lang } from "./types";

const UNRATED = new Set(["social", "error", "asking", "cancelled"]);

export interface LogParts {
  words: Strings;
  lang: Lang;
  title: string;
  say(text: string): void;
  conversation(): Conversation;
  /** A live turn was answered or failed. */
  answered(turn: Turn): void;
  /** Somebody signed in or out in another tab. */
  switched(): void;
  /** Something was added or changed. */
  moved(): void;
}

interface Shown {
  question: HTMLElement;
  answer: HTMLElement;
  live: boolean;
}

export class Log implements Watcher {
  readonly element: HTMLElement;
  readonly waiting: HTMLElement;
  #shown = new Map<Turn, Shown>();
  #questions = new Map<string, string>();

  constructor(readonly parts: LogParts) {
    const { words } = parts;
    this.element = h("div", { class: "log", attrs: { role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": words.log } });
    const dots = [0, 1, 2].map(() => h("span", { class: "dot", attrs: { "aria-hidden": true } }));
    this.waiting = h("p", { class: "thinking", attrs: { role: "status" } });
    this.waiting.hidden = true;
    this.waiting.append(...dots);
  }

  added(turn: Turn): void {
    const { words } = this.parts;
    const asked = turn.files.length ? `📎 ${turn.files.join(", ")}` : (this.#questions.get(turn.text) ?? turn.text);
    const question = h("div", { class: "turn mine" }, h("p", { class: "hidden" }, words.you), h("p", { class: "bubble" }, asked));
    // The person knows what they said: only the answer is announced.
    question.setAttribute("aria-live", "off");
    const answer = h("div", { class: "turn theirs" });
    this.#shown.set(turn, { question, answer, live: turn.here });
    const { turns } = this.parts.conversation();
    const next = turns[turns.indexOf(turn) + 1];
    const before = (next && this.#shown.get(next)?.question) ?? null;
    const put = () => [question, answer].forEach((node) => this.element.insertBefore(node, before));
    if (turn.here) put();
    else this.#quietly(put);
    this.changed(turn);
  }

  changed(turn: Turn): void {
    const shown = this.#shown.get(turn);
    if (!shown) return;
    if (turn.state === "waiting") shown.live = true;
    const draw = () => shown.answer.replaceChildren(...this.#answer(turn));
    if (shown.live) draw();
    else this.#quietly(draw);
    this.#retire();
    const waiting = this.parts.conversation().turns.some((t) => t.state === "waiting");
    if (this.waiting.hidden === waiting) {
      this.waiting.hidden = !waiting;
      this.waiting.setAttribute("aria-label", waiting ? this.parts.words.thinking : "");
    }
    if (shown.live && turn.state !== "waiting") this.parts.answered(turn);
    this.parts.moved();
  }

  cleared(): void {
    this.#shown.clear();
    this.element.replaceChildren();
    this.waiting.hidden = true;
    this.parts.moved();
  }

  switched(): void {
    this.parts.switched();
  }

  /** The top of the last question: a long answer is read from its beginning. */
  get last(): HTMLElement | null {
    const last = this.parts.conversation().turns.at(-1);
    return (last && this.#shown.get(last)?.question) ?? null;
  }

  #answer(turn: Turn): Node[] {
    const { words, lang } = this.parts;
    if (turn.state === "waiting") return [];
    if (turn.state === "failed" || turn.state === "stopped") {
      const text = turn.state === "stopped" ? words.stopped : turn.words || words.failed;
      const again = button(turn.state === "stopped" ? words.show_answer : words.retry, "choice", () => this.parts.conversation().again(turn));
      return [h("div", { class: turn.state === "failed" ? "bubble problem" : "bubble" }, h("p", {}, text), again)];
    }
    const heading = (turn.replies[0]?.text ?? "").split("\n")[0] ?? "";
    const drawn: Node[] = turn.replies.map((message) => reply(message, heading, words, (payload, title) => this.#choose(payload, title)));
    const custom = turn.replies.map((m) => m.custom).find((c) => c);
    const asked = field(custom?.asks, words, (text) => this.#choose(text, text));
    if (asked) (drawn.at(-1) as HTMLElement).append(asked);
    const text = turn.replies.map((m) => m.text ?? "").join("\n\n");
    const rating = {
      vote: turn.vote,
      open: turn.turn !== "" && !UNRATED.has(custom?.status ?? "error"),
      rate: async (vote: Turn["vote"] | "", comment: string) => {
        await this.parts.conversation().rate(turn, vote || "", comment);
        rating.vote = turn.vote;
      },
    };
    drawn.push(turn.replies.length ? footer(text, turn.at, lang, rating, words) : time(turn.at, lang));
    return drawn;
  }

  #choose(payload: string, title: string): void {
    this.#questions.set(payload, title);
    this.parts.say(payload);
  }

  /** Choices of an older answer can no longer be made. */
  #retire(): void {
    const last = this.parts.conversation().turns.at(-1);
    for (const [turn, { answer }] of this.#shown) {
      if (turn === last) continue;
      for (const node of answer.querySelectorAll<HTMLButtonElement | HTMLInputElement>(".choices button, .percent *")) node.disabled = true;
    }
  }

  /** Draw without an announcement. */
  #quietly(draw: () => void): void {
    this.element.setAttribute("aria-live", "off");
    draw();
    requestAnimationFrame(() => requestAnimationFrame(() => this.element.setAttribute("aria-live", "polite")));
  }
}
