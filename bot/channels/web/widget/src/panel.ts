// The open widget. Loaded when the launcher is first pressed.

import { Api } from "./api";
import { Composer } from "./composer";
import { Conversation } from "./conversation";
import { about, signIn } from "./dialogs";
import { adopt, button, h, icon, iconButton, ICONS } from "./dom";
import { Log } from "./log";
import { type Item, menu } from "./menu";
import css from "./panel.css";
import { type Strings, fill, strings } from "./strings";
import { download, transcript } from "./transcript";
import type { Panel, Shell, Staff } from "./types";

const PHONE = "(max-width: 32rem), (max-height: 32rem)";

/** Build the panel into the loader's shadow root. */
export function mount(shell: Shell): Panel {
  return new Widget(shell);
}

class Widget implements Panel {
  readonly #words: Strings;
  readonly #api: Api;
  readonly #conversation: Conversation;
  readonly #log: Log;
  readonly #composer: Composer;
  readonly #panel: HTMLElement;
  readonly #scroll: HTMLElement;
  readonly #welcome: HTMLElement;
  readonly #banner: HTMLElement;
  readonly #who: HTMLElement;
  #staff: Staff | null = null;
  /** How often the server was asked who is signed in: only its last answer counts. */
  #asked = 0;
  #ready: Promise<void> | null = null;

  constructor(readonly shell: Shell) {
    const { options, root } = shell;
    const words = (this.#words = strings(options.lang));
    adopt(root, css);
    this.#api = new Api(options.server, options.lang);
    this.#log = new Log({
      words,
      lang: options.lang,
      title: options.title,
      say: (text) => void this.#say(text, true),
      conversation: () => this.#conversation,
      answered: (turn) => {
        if (this.#panel.hidden) shell.unread(turn.replies[0]?.text ?? "");
      },
      switched: () => void this.#signedIn().catch(() => this.#show(null)),
      moved: () => this.#moved(),
    });
    this.#conversation = new Conversation(this.#api, this.#log);
    const limit = () => this.#api.about.message_limit;
    this.#composer = new Composer(words, options.lang, limit, (text) => this.#say(text), () => this.#conversation.stop(), (file) => {
      this.#conversation.attach(file);
    });
    this.#welcome = this.#greeting();
    this.#banner = h("p", { class: "banner", attrs: { role: "status" } });
    this.#who = h("p", { class: "who" });
    this.#scroll = h("div", { class: "scroll", attrs: { tabindex: 0, role: "region", "aria-label": words.conversation } }, this.#welcome, this.#log.element, this.#log.waiting);
    this.#panel = h(
      "section",
      { class: "panel", attrs: { role: "dialog", "aria-label": options.title, lang: options.lang, hidden: true } },
      this.#header(),
      this.#banner,
      this.#scroll,
      this.#composer.element,
    );
    this.#panel.addEventListener("keydown", (event) => this.#key(event));
    root.append(this.#panel);
    addEventListener("offline", () => this.#connection());
    addEventListener("online", () => {
      this.#connection();
      void this.#reach();
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) void this.#returned();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && this.#staff?.signedIn) void this.#returned();
    });
    this.#connection();
    void this.#reach();
  }

  open(focus: boolean): void {
    this.#panel.hidden = false;
    this.#panel.setAttribute("aria-modal", String(matchMedia(PHONE).matches));
    this.#toLast("instant");
    if (focus) this.#composer.field.focus();
    void this.#reach();
  }

  hide(): void {
    this.#panel.hidden = true;
  }

  /** Ask what a page's button asks; while an answer is awaited it waits in the field for the person to send it. */
  ask(text: string): void {
    if (!this.#say(text, true) && this.#conversation.turns.at(-1)?.text !== text) this.#composer.offer(text);
  }

  /** Load what the server has, once; again where that failed. */
  #reach(): Promise<void> {
    return (this.#ready ??= this.#start());
  }

  async #start(): Promise<void> {
    try {
      await this.#api.open();
      await Promise.all([this.#conversation.load(), this.#signedIn()]);
      this.#connection();
      this.#toLast("instant");
    } catch {
      this.#ready = null;
      this.#banner.textContent = this.#words.unreachable;
    }
  }

  async #signedIn(): Promise<void> {
    const asked = ++this.#asked;
    const staff = await this.#api.staff();
    if (asked === this.#asked) this.#show(staff);
  }

  /** The page was left and is back: meanwhile somebody may have signed in or out, or the time signed in may be over. */
  async #returned(): Promise<void> {
    const before = this.#staff;
    try {
      await this.#signedIn();
      if (before?.signedIn === this.#staff?.signedIn && before?.name === this.#staff?.name) await this.#conversation.load();
      else await this.#switched();
    } catch {
      this.#ready = null;
    }
  }

  #show(staff: Staff | null): void {
    this.#staff = staff;
    const { signedIn = false, name = "", agency = "" } = staff ?? {};
    this.#composer.allowFiles(signedIn);
    this.#who.textContent = signedIn ? [name, agency].filter(Boolean).join(" · ") : this.#words.tagline;
  }

  #say(text: string, toComposer = false): boolean {
    const turn = this.#conversation.say(text);
    if (turn) this.#connection();
    void this.#reach();
    if (turn && toComposer) this.#composer.field.focus();
    return turn !== null;
  }

  #header(): HTMLElement {
    const words = this.#words;
    const badge = h("span", { class: "mark", attrs: { "aria-hidden": true } });
    badge.append(icon(...ICONS.chat));
    this.#who.textContent = words.tagline;
    const wide = iconButton(words.wider, "wide", "tool wide", () => {
      wide.setAttribute("aria-pressed", String(this.#panel.classList.toggle("large")));
    });
    wide.setAttribute("aria-pressed", "false");
    return h(
      "div",
      { class: "head" },
      badge,
      h("div", { class: "names" }, h("h2", {}, this.shell.options.title), this.#who),
      iconButton(words.new_conversation, "add", "tool", () => this.#begin()),
      menu(words.menu, () => this.#items()),
      wide,
      iconButton(words.close_panel, "close", "tool", () => this.shell.close()),
    );
  }

  #items(): Item[] {
    const words = this.#words;
    const items: Item[] = [
      { name: words.transcript, run: () => this.#transcript() },
      { name: words.about, run: () => about(this.shell.root, this.#api.about, this.#conversation.turns.at(-1)?.turn ?? "", words, () => this.#conversation.forget()) },
    ];
    if (this.#staff?.signedIn) {
      items.push({ name: words.sign_out, run: () => void this.#signOut() });
    } else if (this.#staff?.may ?? this.#api.home) {
      items.push({ name: words.sign_in_title, run: () => void this.#askCode() });
    }
    return items;
  }

  /** The menu may be quicker than the server, which knows who is signed in and where else one can sign in. */
  async #askCode(): Promise<void> {
    await this.#reach();
    if (this.#staff?.signedIn || this.#panel.hidden || this.#panel.querySelector("dialog")) return;
    const oidc = this.#staff?.oidc && this.#api.home ? `${this.#api.server}/staff/oidc/start?lang=${this.shell.options.lang}` : "";
    signIn(this.shell.root, oidc, this.#words, async (code) => {
      await this.#api.signIn(code);
      void this.#switched();
    });
  }

  async #signOut(): Promise<void> {
    const done = await this.#api.signOut().then(() => true, () => false);
    if (done) this.#show(null);
    await this.#switched();
    this.#banner.textContent = this.#staff?.signedIn ? this.#words.failed : this.#words.signed_out;
  }

  /** Somebody signed in or out: their conversation is another one. */
  async #switched(): Promise<void> {
    const [, told] = await Promise.allSettled([this.#conversation.reload(), this.#signedIn()]);
    const { signedIn = false, name = "" } = this.#staff ?? {};
    this.#banner.textContent = signedIn ? fill(this.#words.signed_in, { name }) : this.#words.signed_out;
    if (told.status === "fulfilled") return;
    this.#ready = null;
    this.#banner.textContent = this.#words.unreachable;
  }

  #begin(): void {
    this.#conversation.begin();
    this.#composer.field.focus();
  }

  #transcript(): void {
    const { title, lang } = this.shell.options;
    download(transcript(this.#conversation.turns, title, lang, this.#words), `${this.#words.file_name}.txt`);
  }

  #greeting(): HTMLElement {
    const words = this.#words;
    const samples = words.samples.map((text) => h("li", {}, button(text, "sample", () => this.#say(text, true))));
    return h("div", { class: "welcome" }, h("p", { class: "hello" }, words.hello), h("p", {}, words.notice), h("ul", {}, ...samples));
  }

  #moved(): void {
    this.#welcome.hidden = this.#conversation.turns.length > 0;
    this.#composer.wait(this.#conversation.busy && this.#conversation.turns.some((t) => t.state === "waiting"));
    this.#toLast("smooth");
  }

  #toLast(behavior: ScrollBehavior): void {
    const last = this.#log.last;
    if (!last || this.#panel.hidden) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#scroll.scrollTo({ top: last.offsetTop - 12, behavior: calm ? "instant" : behavior });
  }

  #connection(): void {
    this.#banner.textContent = navigator.onLine ? "" : this.#words.offline;
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape" && !this.#panel.querySelector("dialog[open]")) this.shell.close();
    if (event.key === "Tab" && this.#panel.getAttribute("aria-modal") === "true") this.#trap(event);
  }

  /** On a phone the panel is all there is to see: the focus stays inside. */
  #trap(event: KeyboardEvent): void {
    if (this.#panel.querySelector("dialog[open]")) return;
    const all = this.#panel.querySelectorAll<HTMLElement>("button, textarea, input, a[href], [tabindex='0']");
    const reachable = [...all].filter((node) => !(node as HTMLButtonElement).disabled && node.checkVisibility());
    const [first, last] = [reachable.at(0), reachable.at(-1)];
    const now = this.shell.root.activeElement;
    if (event.shiftKey && now === first) last?.focus();
    else if (!event.shiftKey && now === last) first?.focus();
    else return;
    event.preventDefault();
  }
}
