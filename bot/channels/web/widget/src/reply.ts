// One reply: what it says, what it shows, where that stands in the plans, and what can be chosen.

import { button, h } from "./dom";
import { sources } from "./sources";
import type { Strings } from "./strings";
import { type Block, addresses, blocks } from "./text";
import type { Message, PlanRecord } from "./types";

const ROWS_OF_A_TABLE = 2;

export type Choose = (payload: string, title: string) => void;

/** `heading` names a chart that comes without words. */
export function reply(message: Message, heading: string, words: Strings, choose: Choose): HTMLElement {
  const custom = message.custom ?? {};
  const citations = custom.citations ?? [];
  const node = h("div", { class: custom.status === "error" ? "bubble problem" : "bubble", attrs: { "data-status": custom.status } });
  for (const block of blocks(message.text ?? "", citations.length > 0)) node.append(drawn(block, custom.records ?? [], words));
  if (message.image) node.append(picture(message.image, `${words.chart}: ${message.text || heading}`));
  if (citations.length) node.append(sources(citations, words));
  if (message.buttons?.length) node.append(choices(message, words, choose));
  return node;
}

function drawn(block: Block, records: PlanRecord[], words: Strings): HTMLElement {
  switch (block.kind) {
    case "paragraph":
      return h("p", {}, ...linked(block.text));
    case "points":
      return h("ul", { class: "points" }, ...block.rows.map((row) => h("li", {}, ...linked(row))));
    case "facts":
      return h(
        "dl",
        { class: "facts" },
        ...block.rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, ...linked(value)))),
      );
    case "numbered":
      return block.rows.length < ROWS_OF_A_TABLE ? list(block.rows) : table(block.rows, records, words);
  }
}

function list(rows: [string, string][]): HTMLElement {
  return h("ol", {}, ...rows.map(([number, text]) => h("li", { attrs: { value: number } }, ...linked(text))));
}

/** Numbered rows with what the records that they name say; a row without a record keeps its words. */
function table(rows: [string, string][], records: PlanRecord[], words: Strings): HTMLElement {
  const found = rows.map(([number, text]) => named(number, text, records));
  if (!found.some(({ record }) => record?.lead || record?.timeframe)) return list(rows);
  const progress = found.some(({ rest }) => rest.length);
  const head = [words.number, words.task, progress ? words.progress : words.time].map((name) => h("th", { attrs: { scope: "col" } }, name));
  const body = rows.map(([number, text], i) => {
    const { record, rest } = found[i]!;
    const title = h("td", {}, record?.title?.text ?? record?.text?.text ?? text);
    if (record?.lead?.text) title.append(h("span", { class: "lead" }, record.lead.text));
    const last = progress ? rest : [record?.timeframe?.text ?? ""];
    return h("tr", {}, h("td", { class: "number" }, number), title, h("td", {}, ...last.map((part) => h("span", { class: "part" }, part))));
  });
  const inner = h("table", {}, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...body));
  return h("div", { class: "table", attrs: { role: "region", "aria-label": words.table, tabindex: 0 } }, inner);
}

/** The record that a row names, and what the row says after its title: "Title… - 35 %, under way". */
function named(number: string, text: string, records: PlanRecord[]): { record?: PlanRecord; rest: string[] } {
  const parts = text.split(" - ");
  for (let i = parts.length; i > 0; i--) {
    const start = parts.slice(0, i).join(" - ").replace(/…$/u, "");
    const record = records.find((r) => r.item === number && (r.title ?? r.text)?.text.startsWith(start));
    if (record) return { record, rest: parts.slice(i) };
  }
  return { rest: [] };
}

/** Text with its web addresses as links. */
function linked(text: string): (Node | string)[] {
  return addresses(text).map((part, i) =>
    i % 2 ? h("a", { attrs: { href: part, target: "_blank", rel: "noopener noreferrer nofollow" } }, part) : part,
  );
}

function choices(message: Message, words: Strings, choose: Choose): HTMLElement {
  const buttons = (message.buttons ?? []).map(({ title, payload }) => button(title, "choice", () => choose(payload, title)));
  return h("div", { class: "choices", attrs: { role: "group", "aria-label": words.choices } }, ...buttons);
}

/** A chart. Where the page's policy keeps pictures of `data:` out, it is painted instead. */
function picture(address: string, name: string): HTMLElement {
  const node = h("figure", { class: "picture" });
  if (!/^(?:data:image\/(?:png|jpeg|webp);base64,|https:\/\/)/.test(address)) return node;
  const shown = h("img", { attrs: { src: address, alt: name } });
  shown.addEventListener("error", () => void painted(address, name).then((canvas) => canvas && shown.replaceWith(canvas)));
  node.append(shown);
  return node;
}

async function painted(address: string, name: string): Promise<HTMLCanvasElement | null> {
  const found = /^data:(image\/\w+);base64,(.+)$/.exec(address);
  if (!found) return null;
  const bytes = Uint8Array.from(atob(found[2]!), (c) => c.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: found[1]! }));
  const canvas = h("canvas", { attrs: { role: "img", "aria-label": name, width: bitmap.width, height: bitmap.height } });
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  return canvas;
}
