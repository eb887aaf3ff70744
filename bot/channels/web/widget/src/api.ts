// Calls to the server.

import { keep, kept } from "./store";
import type { About, Lang, Message, PastTurn, Staff, Vote } from "./types";

const PATIENCE_MS = 60_000;
// The slowest way up that a file may take: 20 kB a second.
const FILE_BYTES_PER_MS = 20;
const UNAUTHORIZED = 401;

/** A call that did not come through. `words` are the server's own; without a status the connection failed. */
export class CallFailed extends Error {
  constructor(
    readonly words = "",
    readonly status = 0,
  ) {
    super(words);
  }
}

export interface Events {
  onAccepted(turn: string): void;
  onMessage(message: Message): void;
}

/** A flat JSON object, written by hand: pages that give strings or arrays a `toJSON` do not change what is sent. */
export function encode(fields: Record<string, string>): string {
  return `{${Object.keys(fields).map((name) => `${JSON.stringify(name)}:${JSON.stringify(fields[name])}`).join(",")}}`;
}

export class Api {
  about: About = { contact: "", retention_days: 0, message_limit: 2000 };
  #opened: Promise<void> | null = null;

  constructor(
    readonly server: string,
    readonly lang: Lang,
  ) {}

  /** Is the widget on a page of the server itself? Then the session is a cookie. */
  get home(): boolean {
    return this.server === location.origin;
  }

  /** A session, opened once: the same promise until it fails or the session has run out. */
  open(): Promise<void> {
    this.#opened ??= this.#session().catch((error: unknown) => {
      this.#opened = null;
      throw error;
    });
    return this.#opened;
  }

  async #session(): Promise<void> {
    const { session, about } = await (await this.#call("POST", "/api/chat/session")).json();
    this.about = about;
    if (typeof session === "string") keep({ ...kept(), session });
  }

  /** Send a message and read its turn; the same `id` again is answered once. */
  async send(conversation: string, id: string, message: string, events: Events, stopped: AbortSignal): Promise<void> {
    const body = encode({ conversation, message_id: id, message, lang: this.lang });
    await this.#turn("/api/chat/stream", body, events, stopped);
  }

  /** Send a file for the report that is being told; its turn is read as that of a message. */
  async sendFile(conversation: string, id: string, file: File, events: Events, stopped: AbortSignal): Promise<void> {
    const where = new URLSearchParams({ conversation, message_id: id, name: file.name.slice(-200), lang: this.lang });
    await this.#turn(`/api/chat/evidence?${where}`, file, events, stopped);
  }

  async #turn(path: string, body: string | File, events: Events, stopped: AbortSignal): Promise<void> {
    const patience = PATIENCE_MS + (typeof body === "string" ? 0 : body.size / FILE_BYTES_PER_MS);
    const response = await this.#own("POST", path, body, AbortSignal.any([stopped, AbortSignal.timeout(patience)]));
    let done = false;
    for await (const [name, data] of events_of(response)) {
      if (name === "accepted") events.onAccepted((data as { turn: string }).turn);
      if (name === "message") events.onMessage(data as Message);
      if (name === "done") done = true;
    }
    if (!done) throw new CallFailed();
  }

  async history(conversation: string): Promise<PastTurn[]> {
    return (await this.#own("GET", `/api/chat/history?conversation=${conversation}`)).json();
  }

  async forget(conversation: string): Promise<void> {
    await this.#own("DELETE", `/api/chat/history?conversation=${conversation}`);
  }

  async feedback(conversation: string, turn: string, vote: Vote | "", comment: string): Promise<void> {
    await this.#own("POST", "/api/chat/feedback", encode({ conversation, turn, vote, comment }));
  }

  /** Who is signed in. */
  async staff(): Promise<Staff> {
    const { account, sign_in, oidc } = await (await this.#own("GET", "/staff/me")).json();
    const who = { signedIn: Boolean(account), may: Boolean(sign_in), oidc: Boolean(oidc) };
    return { ...who, name: String(account?.name ?? ""), agency: String(account?.agency ?? "") };
  }

  async signIn(code: string): Promise<void> {
    await this.#renew(await this.#own("POST", "/staff/link", encode({ code })));
  }

  async signOut(): Promise<void> {
    await this.#renew(await this.#own("POST", "/staff/sign-out"));
  }

  /** Signing in and out gives the browser another session. */
  async #renew(response: Response): Promise<void> {
    const { session } = await response.json();
    if (typeof session === "string") keep({ ...kept(), session });
  }

  /** A call within the session. One that has run out is opened anew, once, however many calls find out together. */
  async #own(method: string, path: string, body?: string | File, signal = AbortSignal.timeout(PATIENCE_MS)): Promise<Response> {
    const opened = this.open();
    await unless(signal, opened);
    const { session } = kept();
    try {
      return await this.#call(method, path, body, signal);
    } catch (error) {
      if (!(error instanceof CallFailed) || error.status !== UNAUTHORIZED) throw error;
      if (this.#opened === opened && kept().session === session) {
        keep({ ...kept(), session: "" });
        this.#opened = null;
      }
      await unless(signal, this.open());
      return this.#call(method, path, body, signal);
    }
  }

  async #call(method: string, path: string, body?: string | File, signal = AbortSignal.timeout(PATIENCE_MS)): Promise<Response> {
    const headers: Record<string, string> = { "Accept-Language": this.lang };
    if (body !== undefined) headers["Content-Type"] = typeof body === "string" ? "application/json" : "application/octet-stream";
    const { session } = kept();
    if (!this.home && session) headers["X-Sauro-Session"] = session;
    let response;
    try {
      response = await fetch(this.server + path, { method, headers, body: body ?? null, signal, cache: "no-store" });
    } catch (error) {
      if (signal.aborted && error instanceof DOMException && error.name === "AbortError") throw error;
      throw new CallFailed();
    }
    if (response.ok) return response;
    const said = await response.json().catch(() => null);
    throw new CallFailed(String(said?.error?.message ?? ""), response.status);
  }
}

/** What was promised, unless the waiting for it ends first. */
function unless<T>(ended: AbortSignal, promised: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const give = () => reject(new CallFailed());
    if (ended.aborted) give();
    ended.addEventListener("abort", give, { once: true });
    promised.then(resolve, reject);
  });
}

/** Name and data of each server-sent event of a response. */
async function* events_of(response: Response): AsyncGenerator<[string, unknown]> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { value, done } = await reader.read().catch(() => {
      throw new CallFailed();
    });
    if (done) return;
    buffer += value;
    const blocks = buffer.split("\n\n");
    buffer = blocks.pop() ?? "";
    for (const block of blocks) {
      const found = /^event: (.*)\ndata: (.*)$/m.exec(block);
      if (found) yield [found[1]!, JSON.parse(found[2]!)];
    }
  }
}
