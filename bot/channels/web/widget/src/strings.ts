// The widget's own words. Answers and prompts come from the server.

import { widget as en } from "../../strings/en.json";
import { widget as vi } from "../../strings/vi.json";
import type { Lang } from "./types";

export type Strings = typeof vi;

const TABLES: Record<Lang, Strings> = { vi, en };

export function strings(lang: Lang): Strings {
  return TABLES[lang];
}

/** A text with its `{names}` filled in. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
}
