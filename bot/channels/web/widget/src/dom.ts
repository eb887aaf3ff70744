// Building DOM. Text from outside only ever becomes a text node.

type Child = Node | string | null | undefined | false;
type Handlers = { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };

export interface Props {
  class?: string;
  attrs?: Record<string, string | boolean | number | undefined>;
  on?: Handlers;
}

/** An element with classes, attributes (`true` is an empty one, `false` none), handlers and children. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (Object.hasOwn(props, "class") && props.class) node.className = props.class;
  if (Object.hasOwn(props, "attrs") && props.attrs) {
    for (const name of Object.keys(props.attrs)) {
      const value = props.attrs[name];
      if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  if (Object.hasOwn(props, "on") && props.on) {
    for (const name of Object.keys(props.on)) node.addEventListener(name, props.on[name as keyof Handlers] as EventListener);
  }
  node.append(...children.filter((child): child is Node | string => child instanceof Node || typeof child === "string"));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** A line drawing of 24 by 24, hidden from readers: the button around it has a name. */
export function icon(...paths: string[]): SVGSVGElement {
  const node = document.createElementNS(SVG, "svg");
  node.setAttribute("viewBox", "0 0 24 24");
  node.setAttribute("aria-hidden", "true");
  node.setAttribute("focusable", "false");
  for (const d of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    node.append(path);
  }
  return node;
}

export const ICONS = {
  chat: ["M4 5h16v11H9l-5 4z", "M8 9h8M8 12h5"],
  close: ["M6 6l12 12M18 6L6 18"],
  send: ["M4 12h15M13 6l6 6-6 6"],
  stop: ["M7 7h10v10H7z"],
  add: ["M12 5v14M5 12h14"],
  more: ["M5 11v2M12 11v2M19 11v2"],
  microphone: ["M12 4a2.5 2.5 0 0 0-2.5 2.5v5a2.5 2.5 0 0 0 5 0v-5A2.5 2.5 0 0 0 12 4z", "M6 11.5a6 6 0 0 0 12 0M12 17.5V20"],
  clip: ["M19 11l-7.5 7.5a4 4 0 0 1-6-6L13 5a2.7 2.7 0 0 1 4 4l-7.5 7.5a1.3 1.3 0 0 1-2-2L14 8"],
  up: ["M7 11v9H4v-9zM7 11l4-7c1.5 0 2.4 1 2 2.6L12.4 10H19c1 0 1.700 1 1.400 2l-1.700 6.500c-.2.900-1 1.500-1.900 1.500H7"],
  down: ["M17 13V4h3v9zM17 13l-4 7c-1.500 0-2.400-1-2-2.600l.600-3.400H5c-1 0-1.700-1-1.400-2l1.700-6.500C5.500 4.600 6.300 4 7.200 4H17"],
  copy: ["M9 9h10v11H9zM5 15V4h10"],
  wide: ["M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7"],
} as const;

/** A button that shows a drawing and is called by its name. */
export function iconButton(name: string, drawing: keyof typeof ICONS, className: string, onClick: () => void): HTMLButtonElement {
  const node = h("button", { class: className, attrs: { type: "button", "aria-label": name, title: name }, on: { click: onClick } });
  node.append(icon(...ICONS[drawing]));
  return node;
}

/** A button that shows its name. */
export function button(name: string, className: string, onClick: () => void): HTMLButtonElement {
  return h("button", { class: className, attrs: { type: "button" }, on: { click: onClick } }, name);
}

/** A style sheet of a shadow root. It is constructed, so a page's policy against inline styles does not touch it. */
export function adopt(root: ShadowRoot, css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
