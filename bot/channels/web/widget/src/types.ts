// What goes over the wire. The server's side is bot/channels/web and the records of knowledge/types.py.

export type Lang = "vi" | "en";
export type Vote = "up" | "down";

export interface Citation {
  plan: string;
  part: string;
  item: string;
  label: string;
  quote: string;
}

interface Cell {
  text: string;
}

export interface PlanRecord {
  plan: string;
  part: string;
  item: string;
  title?: Cell;
  text?: Cell;
  lead?: Cell;
  timeframe?: Cell;
}

export interface Custom {
  status?: string;
  citations?: Citation[];
  records?: PlanRecord[];
  asks?: string;
}

export interface Choice {
  title: string;
  payload: string;
}

export interface Message {
  text?: string;
  image?: string;
  buttons?: Choice[];
  custom?: Custom;
}

/** A turn as the history has it; `replies` is null while it is under way. */
export interface PastTurn {
  turn: string;
  message_id: string;
  text: string;
  at: string;
  replies: Message[] | null;
  state: "received" | "processing" | "done" | "failed";
  vote: Vote | null;
  /** Names of the files that came with it. */
  files: string[];
}

/** What the server tells about itself. */
export interface About {
  contact: string;
  retention_days: number;
  message_limit: number;
}

/** Who is signed in; `may` is whether staff may sign in on this page, `oidc` is set where the province has a sign-in of its own. */
export interface Staff {
  signedIn: boolean;
  may: boolean;
  name: string;
  agency: string;
  oidc: boolean;
}

/** How a page wants the widget. */
export interface Options {
  server: string;
  lang: Lang;
  title: string;
  color: string;
  position: "left" | "right";
  theme: "auto" | "light" | "dark";
}

/** What the loader gives to the panel. */
export interface Shell {
  root: ShadowRoot;
  options: Options;
  /** A reply came while the panel was closed. */
  unread(text: string): void;
  /** The person closes the panel. */
  close(): void;
}

/** What the panel gives to the loader. */
export interface Panel {
  open(focus: boolean): void;
  hide(): void;
  ask(text: string): void;
}
