// The conversation as a text file.

import type { Turn } from "./conversation";
import { h } from "./dom";
import type { Strings } from "./strings";
import type { Lang } from "./types";

export function transcript(turns: Turn[], title: string, lang: Lang, words: Strings): string {
  const clock = new Intl.DateTimeFormat(lang, { dateStyle: "short", timeStyle: "medium" });
  const said = turns.map(({ at, text, replies }) => {
    const answers = replies.map((m) => [m.text ?? "", ...(m.custom?.citations ?? []).map((c) => `    [${c.label}] “${c.quote}”`)].join("\n"));
    return `[${clock.format(at)}] ${words.you}: ${text}\n${title}: ${answers.join("\n")}`;
  });
  return `${title}\n${location.href}\n\n${said.join("\n\n")}\n`;
}

export function download(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  h("a", { attrs: { href: address, download: name } }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
