// The script that a page embeds: a launcher. What opens behind it is loaded when it is first pressed.

import { adopt, h, icon, ICONS } from "./dom";
import css from "./launcher.css";
import { en, vi } from "../../strings/launcher.json";
import { rememberOpen, wasOpen } from "./store";
import type { Options, Panel, Shell } from "./types";

/** Where the panel fills the screen: it does not open by itself there. */
const PHONE = "(max-width: 32rem), (max-height: 32rem)";
const TAG = "sauro-widget";
const script = document.currentScript as HTMLScriptElement | null;

function options(): Options {
  const given = script?.dataset ?? {};
  const lang = (given["lang"] ?? document.documentElement.lang).toLowerCase().startsWith("en") ? "en" : "vi";
  return {
    server: new URL(script?.src ?? location.href).origin,
    lang,
    title: given["title"] || (lang === "en" ? en : vi).title,
    color: given["color"] && CSS.supports("color", given["color"]) ? given["color"] : "",
    position: given["position"] === "left" ? "left" : "right",
    theme: given["theme"] === "light" || given["theme"] === "dark" ? given["theme"] : "auto",
  };
}

class Launcher {
  readonly #words;
  readonly #options = options();
  readonly #host = document.createElement(TAG);
  readonly #root = this.#host.attachShadow({ mode: "open" });
  readonly #badge = h("span", { class: "badge", attrs: { hidden: true, "aria-hidden": true } });
  readonly #news = h("p", { class: "hidden", attrs: { role: "status" } });
  readonly #button: HTMLButtonElement;
  #panel: Promise<Panel> | null = null;
  #isOpen = false;
  #unread = 0;

  constructor() {
    this.#words = this.#options.lang === "en" ? en : vi;
    adopt(this.#root, css);
    this.#host.dataset["position"] = this.#options.position;
    this.#host.dataset["theme"] = this.#options.theme;
    // Who clicks twice wants it open, not opened and closed.
    const toggle = ({ detail }: MouseEvent) => void (detail > 1 || (this.#isOpen ? this.close() : this.open(true)));
    this.#button = h("button", { class: "launcher", attrs: { type: "button", "aria-expanded": "false" }, on: { click: toggle } });
    this.#button.append(icon(...ICONS.chat), h("span", { class: "name" }, this.#options.title), this.#badge);
    this.#root.append(this.#button, this.#news);
    document.body.append(this.#host);
    this.#paint();
    this.#name();
    // A page's own buttons can open the widget or ask something: dispatch "sauro:open" on document, with the question as detail.
    document.addEventListener("sauro:open", (event) => {
      const text: unknown = (event as CustomEvent).detail;
      void this.open(true, typeof text === "string" ? text : "");
    });
    if (wasOpen() && !matchMedia(PHONE).matches) void this.open(false);
  }

  async open(focus: boolean, ask = ""): Promise<void> {
    this.#button.setAttribute("aria-busy", "true");
    try {
      this.#panel ??= this.#load();
      const panel = await this.#panel;
      this.#news.textContent = "";
      this.#button.title = "";
      this.#set(true);
      panel.open(focus);
      if (ask) panel.ask(ask);
    } catch {
      this.#panel = null;
      this.#news.textContent = this.#words.not_loaded;
      this.#button.title = this.#words.not_loaded;
    } finally {
      this.#button.removeAttribute("aria-busy");
    }
  }

  async close(): Promise<void> {
    this.#set(false);
    (await this.#panel)?.hide();
    this.#button.focus();
  }

  async #load(): Promise<Panel> {
    const { mount } = (await import(this.#options.server + PANEL)) as { mount(shell: Shell): Panel };
    return mount({
      root: this.#root,
      options: this.#options,
      close: () => void this.close(),
      unread: (text) => {
        this.#unread += 1;
        this.#news.textContent = text.slice(0, 300);
        this.#name();
      },
    });
  }

  #set(open: boolean): void {
    this.#isOpen = open;
    this.#unread = 0;
    this.#host.toggleAttribute("data-open", open);
    this.#button.setAttribute("aria-expanded", String(open));
    rememberOpen(open);
    this.#name();
  }

  #name(): void {
    this.#badge.hidden = this.#unread === 0;
    this.#badge.textContent = this.#unread ? String(this.#unread) : "";
    const name = this.#isOpen ? this.#words.close : this.#words.open;
    this.#button.setAttribute("aria-label", this.#unread ? `${name} (${this.#unread} ${this.#words.unread})` : `${name}: ${this.#options.title}`);
  }

  /** The page's colour, and black or white on it, whichever reads better (WCAG 2.2, relative luminance). */
  #paint(): void {
    const { color } = this.#options;
    if (!color) return;
    this.#button.style.backgroundColor = color;
    const [r = 0, g = 0, b = 0] = (getComputedStyle(this.#button).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
    this.#button.style.removeProperty("background-color");
    const [x = 0, y = 0, z = 0] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    const ink = 0.2126 * x + 0.7152 * y + 0.0722 * z > 0.179 ? "#000" : "#fff";
    this.#host.style.setProperty("--brand", `rgb(${r} ${g} ${b})`);
    this.#host.style.setProperty("--brand-ink", ink);
  }
}

if (!document.querySelector(TAG)) {
  if (document.body) new Launcher();
  else document.addEventListener("DOMContentLoaded", () => new Launcher());
}
