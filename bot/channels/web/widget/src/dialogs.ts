// Small dialogs over the panel. They are modal <dialog> elements: the browser keeps the focus inside and gives it back.

import { CallFailed } from "./api";
import { button, h } from "./dom";
import { type Strings, fill } from "./strings";
import type { About } from "./types";

let count = 0;

function opened(root: ShadowRoot, title: string, words: Strings, ...content: Node[]): HTMLDialogElement {
  const id = `title-${++count}`;
  const heading = h("h2", { attrs: { id } }, title);
  const close = button(words.close, "choice", () => dialog.close());
  const dialog = h("dialog", { attrs: { "aria-labelledby": id } }, heading, ...content, close);
  dialog.addEventListener("close", () => dialog.remove());
  (root.querySelector(".panel") ?? root).append(dialog);
  dialog.showModal();
  return dialog;
}

/** What the assistant is, what is stored, for how long, and how it is deleted. */
export function about(root: ShadowRoot, facts: About, turn: string, words: Strings, forget: () => Promise<void>): void {
  const kept = facts.retention_days ? fill(words.about_days, { days: facts.retention_days }) : words.about_forever;
  const code = turn ? [h("p", {}, fill(words.about_code, { code: turn }))] : [];
  const contact = facts.contact ? [h("p", {}, fill(words.about_contact, { contact: facts.contact }))] : [];
  const texts = [words.about_what, kept, words.about_voice, words.about_delete].map((text) => h("p", {}, text));
  const problem = h("p", { class: "over", attrs: { role: "alert" } });
  const remove = button(words.forget, "choice danger", () => {
    forget().then(
      () => dialog.close(),
      () => (problem.textContent = words.failed),
    );
  });
  const dialog = opened(root, words.about, words, ...texts, ...contact, ...code, remove, problem);
}

/** Sign in with a one-time code, or at the province's own sign-in where there is one. */
export function signIn(root: ShadowRoot, oidc: string, words: Strings, redeem: (code: string) => Promise<void>): void {
  const field = h("input", { attrs: { id: "code", type: "text", required: true, autocomplete: "one-time-code", spellcheck: "false", maxlength: 64 } });
  const problem = h("p", { class: "over", attrs: { role: "alert" } });
  const send = button(words.sign_in, "choice strong", () => undefined);
  send.type = "submit";
  const form = h("form", {}, h("label", { attrs: { for: "code" } }, words.code), field, h("p", { class: "hint" }, words.code_hint), problem, send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // A code is taken once: pressed twice, the second would be told that it is wrong.
    send.disabled = true;
    redeem(field.value.trim()).then(
      () => dialog.close(),
      (error: unknown) => {
        problem.textContent = (error instanceof CallFailed && error.words) || words.failed;
        send.disabled = false;
      },
    );
  });
  const other = oidc ? [h("a", { class: "choice", attrs: { href: oidc } }, words.oidc)] : [];
  const dialog = opened(root, words.sign_in_title, words, form, ...other);
  field.focus();
}
