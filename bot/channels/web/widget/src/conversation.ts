// The conversation: its turns, what is under way, and the other tabs that show the same one.

import { type Api, CallFailed } from "./api";
import { keep, kept, randomId } from "./store";
import type { Message, Vote } from "./types";

const CHANNEL = "sauro";
const RETRY_MS = [1000, 3000, 6000];
// What a proxy says while the service behind it starts again.
const PASSING = [502, 503, 504];

export type State = "waiting" | "done" | "failed" | "stopped";

export interface Turn {
  /** Chosen here: a message sent again under it is answered once. */
  id: string;
  /** The server's id, once it has accepted the message. */
  turn: string;
  text: string;
  /** Names of the files that came with it. */
  files: string[];
  /** The file itself, as long as this page lives. */
  file: File | null;
  at: Date;
  state: State;
  replies: Message[];
  vote: Vote | null;
  /** Why it failed, in the server's words. */
  words: string;
  /** Was it said on this page? Else it was read from the history. */
  here: boolean;
}

/**
 * What tabs tell each other; the sign-in page tells it too. It names the conversation: what one tab stores may reach another after its
 * message.
 */
interface News {
  kind: "begun" | "changed" | "switched";
  conversation: string;
}

export interface Watcher {
  /** A turn was added, not always as the last. */
  added(turn: Turn): void;
  /** A turn's state changed. */
  changed(turn: Turn): void;
  /** Another conversation was begun. */
  cleared(): void;
  /** Somebody signed in or out in another tab. */
  switched(): void;
}

export class Conversation {
  turns: Turn[] = [];
  #id = kept().conversation;
  #stop: AbortController | null = null;
  /** How often the turns were cleared: what was asked for before is not shown after. */
  #cleared = 0;
  #tabs: BroadcastChannel | null = typeof BroadcastChannel === "function" ? new BroadcastChannel(CHANNEL) : null;

  constructor(
    readonly api: Api,
    readonly watcher: Watcher,
  ) {
    this.#tabs?.addEventListener("message", ({ data }) => void this.#heard(data as News));
    addEventListener("online", () => this.resume());
  }

  get busy(): boolean {
    return this.#stop !== null;
  }

  /** Show what was said before. What has been said here meanwhile comes after it. */
  async load(): Promise<void> {
    const cleared = this.#cleared;
    const past = await this.api.history(this.#id);
    if (cleared !== this.#cleared) return;
    let next = 0;
    for (const { message_id, turn, text, at, replies, state, vote, files } of past) {
      const place = this.turns.findIndex((t) => t.id === message_id);
      if (place >= 0) {
        next = place + 1;
        const known = this.turns[place]!;
        if (known.state === "waiting" || !replies) continue;
        if (known.state !== "done") this.#update(known, { turn, replies, state: "done" });
        continue;
      }
      const underWay = state === "received" || state === "processing";
      const now: State = underWay ? "stopped" : replies ? "done" : "failed";
      const added: Turn = { id: message_id, turn, text, files, file: null, at: new Date(at), state: now, replies: replies ?? [], vote, words: "", here: false };
      this.turns.splice(next++, 0, added);
      this.watcher.added(added);
      // Still under way: ask for it under its id, and its answer comes when it is there.
      if (underWay && !files.length && !this.busy) void this.#deliver(added);
    }
  }

  /** Say something. Null while an answer is awaited. */
  say(text: string): Turn | null {
    return this.busy || !text.trim() ? null : this.#add(text, null);
  }

  /** Send a file. Null while an answer is awaited. */
  attach(file: File): Turn | null {
    return this.busy ? null : this.#add("", file);
  }

  #add(text: string, file: File | null): Turn {
    const files = file ? [file.name] : [];
    const turn: Turn = { id: randomId(), turn: "", text, files, file, at: new Date(), state: "waiting", replies: [], vote: null, words: "", here: true };
    this.turns.push(turn);
    this.watcher.added(turn);
    void this.#deliver(turn);
    return turn;
  }

  /** Send a turn that did not come through again, under its own id. A file that another page sent can only be asked after. */
  again(turn: Turn): void {
    if (turn.files.length && !turn.file) void this.load().catch(() => undefined);
    else if (!this.busy) void this.#deliver(turn);
  }

  /** After the connection came back: the last turn, if it had failed for want of one. */
  resume(): void {
    const last = this.turns.at(-1);
    if (last?.here && last.state === "failed" && !last.words) this.again(last);
  }

  /** Stop waiting. The server carries the turn through; its answer is in the history. */
  stop(): void {
    this.#stop?.abort();
  }

  /** Begin another conversation. */
  begin(): void {
    const conversation = randomId();
    keep({ ...kept(), conversation });
    this.#clear(conversation);
    this.#tell("begun");
  }

  /** Delete this conversation on the server and begin another. */
  async forget(): Promise<void> {
    await this.api.forget(this.#id);
    this.begin();
  }

  /** After signing in or out the same name means another conversation. */
  async reload(): Promise<void> {
    this.#clear(this.#id);
    this.#tell("switched");
    await this.load();
  }

  async rate(turn: Turn, vote: Vote | "", comment: string): Promise<void> {
    await this.api.feedback(this.#id, turn.turn, vote, comment);
    turn.vote = vote || null;
  }

  #clear(conversation: string): void {
    this.stop();
    this.#stop = null;
    this.#cleared += 1;
    this.#id = conversation;
    this.turns = [];
    this.watcher.cleared();
  }

  async #heard({ kind, conversation }: News): Promise<void> {
    if (kind === "begun") this.#clear(conversation);
    else if (kind === "switched") {
      this.#clear(this.#id);
      this.watcher.switched();
    } else if (conversation !== this.#id) return;
    await this.load().catch(() => undefined);
  }

  #tell(kind: News["kind"] = "changed"): void {
    this.#tabs?.postMessage({ kind, conversation: this.#id } satisfies News);
  }

  async #deliver(turn: Turn): Promise<void> {
    const [mine, cleared] = [this.#id, this.#cleared];
    const stop = new AbortController();
    this.#stop = stop;
    this.#update(turn, { state: "waiting", words: "" });
    let end: Partial<Turn> = { state: "failed" };
    for (let tries = 0; ; tries++) {
      const replies: Message[] = [];
      try {
        const onAccepted = (id: string) => {
          turn.turn = id;
          if (cleared === this.#cleared) this.#tell();
        };
        const events = { onAccepted, onMessage: (m: Message) => void replies.push(m) };
        if (turn.file) await this.api.sendFile(mine, turn.id, turn.file, events, stop.signal);
        else await this.api.send(mine, turn.id, turn.text, events, stop.signal);
        end = { state: "done", replies };
        break;
      } catch (error) {
        if (stop.signal.aborted) {
          end = { state: "stopped" };
          break;
        }
        const failed = error instanceof CallFailed ? error : new CallFailed();
        end = { state: "failed", words: failed.words };
        const pause = RETRY_MS[tries];
        if ((failed.status && !PASSING.includes(failed.status)) || pause === undefined || !navigator.onLine) break;
        await slept(pause, stop.signal);
      }
    }
    if (this.#stop === stop) this.#stop = null;
    if (cleared !== this.#cleared) return;
    this.#update(turn, end);
    this.#tell();
  }

  #update(turn: Turn, values: Partial<Turn>): void {
    Object.assign(turn, values);
    this.watcher.changed(turn);
  }
}

function slept(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    stopped.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
