/** Building DOM in one expression. Text is always text: nothing that a learner or a lab wrote is parsed as HTML. */
import { unbroken } from '#shared/typography.ts';

type Attributes = Readonly<Record<string, string | undefined>>;

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

export function drawing<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

/** A button that does something on this page. */
export function button(text: string, looks: string, onPress: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: `button ${looks}` }, text);
  made.addEventListener('click', onPress);
  return made;
}

const filled = new WeakMap<Element, string>();

/**
 * Fills a place, but only when what it is to show (`what`, as plain JSON) is another thing than at the last call: what
 * is focused, read out or about to be pressed in it is not exchanged for its equal.
 */
export function fill(place: Element | null | undefined, what: unknown, make: () => readonly (Node | string)[]): void {
  const shown = JSON.stringify(what) ?? '';
  if (!place || filled.get(place) === shown) return;
  filled.set(place, shown);
  place.replaceChildren(...make());
}

/** A sentence of a checker, with what stands between backticks set as code. */
export function sentence(text: string): readonly (Node | string)[] {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 1 ? element('code', {}, part) : unbroken(part)));
}

function setAttributes(made: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, value);
}
