// An answer's text as blocks: paragraphs, facts ("- name: value", or several lines "name: value"), points ("- ...") and
// numbered rows ("12. ...").

export type Block =
  | { kind: "paragraph"; text: string }
  | { kind: "facts"; rows: [string, string][] }
  | { kind: "points"; rows: string[] }
  | { kind: "numbered"; rows: [string, string][] };

const FACT = /^- ([^:]{1,60}): (.+)$/u;
const PLAIN_FACT = /^([^.:“”]{1,32}): (.+)$/u;
const POINT = /^[-•] (.+)$/u;
const NUMBERED = /^(\d{1,3})\. (.+)$/u;
/** How an answer's last line names its sources in words; the chips say the same. */
const SOURCE_LINE = /^(?:Nguồn|Sources?): /u;

/** The blocks of a text; the line that names the sources is left out where `cited` says that chips show them. */
export function blocks(text: string, cited: boolean): Block[] {
  const lines = text.split("\n").map((line) => line.trim());
  if (cited && SOURCE_LINE.test(lines.at(-1) ?? "")) lines.pop();
  const found: Block[] = [];
  for (const line of lines) if (line) add(found, line);
  return gathered(found.map((block) => (block.kind === "points" ? facts(block.rows) : block)));
}

/** Two or more paragraphs "name: value" after another are facts. */
function gathered(all: Block[]): Block[] {
  const out: Block[] = [];
  for (let i = 0; i < all.length; i++) {
    const rows: [string, string][] = [];
    for (let block = all[i]; block?.kind === "paragraph"; block = all[i + rows.length]) {
      const fact = PLAIN_FACT.exec(block.text);
      if (!fact) break;
      rows.push([fact[1]!, value(fact[2]!)]);
    }
    if (rows.length < 2) {
      out.push(all[i]!);
      continue;
    }
    out.push({ kind: "facts", rows });
    i += rows.length - 1;
  }
  return out;
}

function add(found: Block[], line: string): void {
  const last = found.at(-1);
  const point = POINT.exec(line);
  const numbered = NUMBERED.exec(line);
  if (point) {
    if (last?.kind === "points") last.rows.push(line);
    else found.push({ kind: "points", rows: [line] });
  } else if (numbered) {
    const row: [string, string] = [numbered[1]!, numbered[2]!];
    if (last?.kind === "numbered") last.rows.push(row);
    else found.push({ kind: "numbered", rows: [row] });
  } else {
    found.push({ kind: "paragraph", text: line });
  }
}

function facts(lines: string[]): Block {
  const rows: [string, string][] = [];
  for (const line of lines) {
    const fact = FACT.exec(line);
    if (!fact) return { kind: "points", rows: lines.map((l) => l.replace(POINT, "$1")) };
    rows.push([fact[1]!, value(fact[2]!)]);
  }
  return { kind: "facts", rows };
}

/** What a fact says, without the full stop of a single sentence ("v.v." keeps its own). */
function value(text: string): string {
  return /[.!?]\s/u.test(text) ? text : text.replace(/(?<!\.|\.\p{L})\.$/u, "");
}

/** A text cut at its web addresses: every second part is one. */
export function addresses(text: string): string[] {
  return text.split(/(https?:\/\/[^\s<>"“”]+[^\s<>"“”.,;:!?)])/u);
}
