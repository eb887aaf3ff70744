// What the browser keeps for the widget: which conversation it is in and, on other sites, the session's token.
// Storage may be closed to a page; then it is kept as long as the page lives.

const KEY = "sauro";
const OPEN = "sauro-open";

export interface Kept {
  conversation: string;
  session: string;
}

let memory: Kept | null = null;

export function randomId(): string {
  let id = "";
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) id += byte.toString(16).padStart(2, "0");
  return id;
}

export function kept(): Kept {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (found && typeof found === "object" && "conversation" in found && "session" in found) {
      const { conversation, session } = found;
      if (typeof conversation === "string" && typeof session === "string") return { conversation, session };
    }
  } catch {
    // Closed, or written by somebody else.
  }
  memory ??= { conversation: randomId(), session: "" };
  keep(memory);
  return memory;
}

export function keep(value: Kept): void {
  memory = value;
  try {
    localStorage.setItem(KEY, `{"conversation":${JSON.stringify(value.conversation)},"session":${JSON.stringify(value.session)}}`);
  } catch {
    // Closed or full: `memory` has it.
  }
}

/** Was the panel open on the page before? */
export function wasOpen(): boolean {
  try {
    return sessionStorage.getItem(OPEN) === "1";
  } catch {
    return false;
  }
}

export function rememberOpen(open: boolean): void {
  try {
    sessionStorage.setItem(OPEN, open ? "1" : "0");
  } catch {
    // Closed: the panel starts closed on the next page.
  }
}
