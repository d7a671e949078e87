import {el, prose, section} from "../dom";
import type {CommandBlock, DefinitionsBlock, NotesBlock, SettingsBlock} from "../page";
import {named} from "./key";

export function definitions(block: DefinitionsBlock): HTMLElement {
  const host = section(block.title);
  const list = el("dl", "definitions");
  for (const entry of block.entries) list.append(el("dt", "", named(entry.series)), prose("dd", "", entry.text));
  host.append(list);
  return host;
}

export function notes(block: NotesBlock): HTMLElement {
  const host = section(block.title);
  host.append(el("ul", "notes", ...block.items.map((item) => prose("li", "", item))));
  return host;
}

export function settings(block: SettingsBlock): HTMLElement {
  const host = section(block.title, block.note);
  const rows = block.rows.map(([key, value]) => el("div", "", el("dt", "", key), el("dd", "", value)));
  const folded = el("details", "", el("summary", "", `Show all ${block.rows.length} settings`),
    el("dl", "settings", ...rows)) as HTMLDetailsElement;
  window.addEventListener("beforeprint", () => (folded.open = true));
  host.append(folded);
  return host;
}

export function command(block: CommandBlock): HTMLElement {
  const host = section(block.title, block.note);
  host.append(el("pre", "", el("code", "", block.text)));
  return host;
}
