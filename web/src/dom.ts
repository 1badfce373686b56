// Elements made of data: text is only ever set as text, so nothing that is read can become markup.

export type Child = Node | string | number | null | undefined | false | Child[];

type Handler = (event: Event) => void;
type Props = Record<string, string | number | boolean | null | undefined | Handler>;

const SVG = "http://www.w3.org/2000/svg";

function fill<E extends Element>(element: E, props: Props | null, children: Child[]): E {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") {
      element.addEventListener(name.replace(/^on/, ""), value);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  add(element, children);
  return element;
}

function add(element: Element, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) add(element, child);
    else if (child instanceof Node) element.append(child);
    else if (child !== null && child !== undefined && child !== false) element.append(String(child));
  }
}

/** Makes an element; `onclick` and the like take functions. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props?: Props | null,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), props ?? null, children);
}

/** Makes an element of a drawing. */
export function s(tag: string, props?: Props | null, ...children: Child[]): SVGElement {
  return fill(document.createElementNS(SVG, tag) as SVGElement, props ?? null, children);
}

/** Wraps words of another direction than those around them. */
export function bdi(text: string | number, className?: string): HTMLElement {
  return h("bdi", { class: className }, text);
}

/** Wraps ids, hashes, addresses: what is always read from left to right. */
export function ltr(text: string | number, className?: string): HTMLElement {
  return h("bdi", { dir: "ltr", class: className }, text);
}
