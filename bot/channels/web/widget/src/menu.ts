// The panel's menu: a button that shows and hides a list of buttons.

import { button, h, iconButton } from "./dom";

export interface Item {
  name: string;
  run(): void;
}

/** `items` is asked each time the menu opens. */
export function menu(name: string, items: () => Item[]): HTMLElement {
  const list = h("div", { class: "menu", attrs: { id: "menu", hidden: true } });
  const toggle = iconButton(name, "more", "tool", () => show(list.hidden));
  toggle.setAttribute("aria-expanded", "false");
  toggle.setAttribute("aria-controls", "menu");
  const node = h("div", { class: "menu-box" }, toggle, list);
  function show(open: boolean): void {
    list.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
    if (!open) return;
    const entries = items().map((item) =>
      button(item.name, "entry", () => {
        show(false);
        toggle.focus();
        item.run();
      }),
    );
    list.replaceChildren(...entries);
    entries[0]?.focus();
  }
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    event.stopPropagation();
    show(false);
    toggle.focus();
  });
  node.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !node.contains(event.relatedTarget)) show(false);
  });
  return node;
}
