// Where an answer stands in the plans: a chip per place, pressed open to what is written there, verbatim.

import { button, h } from "./dom";
import { type Strings, fill } from "./strings";
import type { Citation } from "./types";

const SHOWN = 4;
let count = 0;

export function sources(citations: Citation[], words: Strings): HTMLElement {
  const places = new Map<string, Citation[]>();
  for (const citation of citations) {
    const place = `${citation.plan}/${citation.part}/${citation.item}`;
    const known = places.get(place);
    if (known) known.push(citation);
    else places.set(place, [citation]);
  }
  const chips = h("ul", { class: "chips" });
  const quotes = h("div", {});
  const add = (place: Citation[]) => chips.append(h("li", {}, chip(place, quotes, words)));
  const all = [...places.values()];
  all.slice(0, SHOWN).forEach(add);
  const rest = all.slice(SHOWN);
  if (rest.length) {
    const more = h("li", {});
    more.append(
      button(fill(words.more_sources, { count: rest.length }), "chip more", () => {
        more.remove();
        const first = chips.children.length;
        rest.forEach(add);
        chips.children[first]?.querySelector("button")?.focus();
      }),
    );
    chips.append(more);
  }
  // Opening a quote is the reader's own doing: nothing of it is announced.
  return h("div", { class: "sources", attrs: { "aria-live": "off" } }, h("p", { class: "caption" }, words.sources), chips, quotes);
}

function chip(citations: Citation[], quotes: HTMLElement, words: Strings): HTMLElement {
  const { label } = citations[0]!;
  const id = `quote-${++count}`;
  const texts = [...new Set(citations.map((c) => c.quote))].map((text) => h("blockquote", {}, text));
  const quote = h("figure", { class: "quote", attrs: { id, hidden: true } }, h("figcaption", {}, `${words.verbatim} · ${label}`), ...texts);
  quotes.append(quote);
  const node = button(label, "chip", () => {
    quote.hidden = !quote.hidden;
    node.setAttribute("aria-expanded", String(!quote.hidden));
    if (!quote.hidden) quote.scrollIntoView({ block: "nearest" });
  });
  node.setAttribute("aria-expanded", "false");
  node.setAttribute("aria-controls", id);
  return node;
}
