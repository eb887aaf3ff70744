// Build what the page shows. Text from outside only ever becomes textContent.

export const strings = JSON.parse(document.getElementById("strings").textContent);

const SHOWN_SOURCES = 6;

export function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

export function button(text, className, onClick) {
  const node = element("button", className, text);
  node.type = "button";
  node.addEventListener("click", onClick);
  return node;
}

export function question(text) {
  const article = element("article", "turn mine");
  article.append(element("p", "hidden", strings.you), element("p", "bubble", text));
  return article;
}

export function answer() {
  const article = element("article", "turn theirs");
  article.append(element("p", "who", strings.name));
  return article;
}

export function thinking() {
  const node = element("p", "thinking");
  node.append(element("span", "hidden", strings.thinking));
  for (let i = 0; i < 3; i++) {
    const dot = element("span", "dot");
    dot.setAttribute("aria-hidden", "true");
    node.append(dot);
  }
  return node;
}

// One reply: its text, its sources, its buttons. `onChoice(payload, title)` is called when a button is pressed.
export function reply(message, onChoice) {
  const custom = message.custom ?? {};
  const node = element("div", custom.status === "error" ? "bubble problem" : "bubble");
  if (custom.degraded) node.append(element("p", "notice", strings.degraded));
  if (message.text) node.append(element("p", "text", message.text));
  if (custom.citations?.length) node.append(sources(custom.citations));
  if (message.buttons?.length) node.append(choices(message.buttons, onChoice));
  return node;
}

export function failure(text, onRetry) {
  const node = element("div", "bubble problem");
  node.append(element("p", "text", text || strings.failed), button(strings.retry, "choice", onRetry));
  return node;
}

function choices(buttons, onChoice) {
  const group = element("div", "choices");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", strings.choices);
  for (const { title, payload } of buttons) group.append(button(title, "choice", () => onChoice(payload, title)));
  return group;
}

function sources(citations) {
  const box = element("div", "sources");
  const chips = element("div", "chips");
  chips.append(element("span", "chips-title", strings.sources));
  const quotes = element("div", "quotes");
  const byPlace = {};
  for (const c of citations) (byPlace[`${c.plan}/${c.part}/${c.item}`] ??= []).push(c);
  const places = Object.values(byPlace);
  const add = (place) => chips.append(chip(place, quotes));
  places.slice(0, SHOWN_SOURCES).forEach(add);
  const rest = places.slice(SHOWN_SOURCES);
  if (rest.length) {
    const more = button(strings.more.replace("{count}", rest.length), "chip more", () => {
      const first = chips.children.length;
      rest.forEach(add);
      more.remove();
      chips.children[first - 1].focus();
    });
    chips.append(more);
  }
  box.append(chips, quotes);
  return box;
}

let chipCount = 0;

// One place in a plan: a button that opens everything quoted from it.
function chip(citations, quotes) {
  const label = citations[0].label;
  const id = `quote-${++chipCount}`;
  const quote = element("figure", "quote");
  quote.id = id;
  quote.hidden = true;
  quote.append(element("figcaption", "", `${strings.verbatim} · ${label}`));
  for (const text of new Set(citations.map((c) => c.quote))) quote.append(element("blockquote", "", text));
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
