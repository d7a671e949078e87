type Child = Node | string;

/** An element with a class and children; strings become text, never markup. */
export function el(tag: string, className = "", ...children: Child[]): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** Text in which `back-quoted` parts become code. */
export function prose(tag: string, className: string, text: string): HTMLElement {
  const element = el(tag, className);
  text.split("`").forEach((part, i) => element.append(i % 2 ? el("code", "", part) : part));
  return element;
}

export function escaped(text: string): string {
  return el("span", "", text).innerHTML;
}

/** A section with its heading and note; blocks append to it. */
export function section(title: string, note = ""): HTMLElement {
  const host = el("section", "block", el("h2", "", title));
  if (note) host.append(prose("p", "note", note));
  return host;
}
