import {el, section} from "../dom";
import type {TableBlock} from "../page";
import {named} from "./key";

function heading(column: {title: string; help: string}): HTMLElement {
  const cell = el("th", "", column.title);
  cell.setAttribute("scope", "col");
  if (column.help) cell.append(el("span", "under", column.help));
  return cell;
}

/** The first column names the series and stays in sight while the rest scrolls. */
export function table(block: TableBlock): HTMLElement {
  const host = section(block.title, block.note);
  const rows = block.rows.map((row) => {
    const first = el("th", "", row.series === undefined ? row.name ?? "" : named(row.series));
    first.setAttribute("scope", "row");
    const cells = row.cells.map((cell) => {
      const holder = el("td", "", cell.text);
      if (cell.under) holder.append(el("span", "under", cell.under));
      return holder;
    });
    return el("tr", "", first, ...cells);
  });
  const scroller = el("div", "scroller",
    el("table", "", el("thead", "", el("tr", "", ...block.columns.map(heading))), el("tbody", "", ...rows)));
  scroller.tabIndex = 0;
  host.append(scroller);
  return host;
}
