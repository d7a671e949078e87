import type {Chart} from "../chart";
import {el} from "../dom";
import {dash_of, is_hidden, on_look, series_at, toggle_series} from "../look";
import type {Series} from "../page";

const charts: Chart[] = [];

/** Lets the key highlight a series in this chart. */
export function register_curves(chart: Chart): void {
  charts.push(chart);
}

/** A short piece of the series' line, in its colour and dash. */
export function swatch(index: number): HTMLElement {
  const holder = el("span", "swatch");
  const dashes = {solid: "", dashed: "5 3", dotted: "1.5 2.5"}[dash_of(index)];
  holder.innerHTML = `<svg width="22" height="10" viewBox="0 0 22 10" aria-hidden="true"><line x1="1" y1="5" x2="21" ` +
    `y2="5" stroke="var(--series-${index})" stroke-width="3" stroke-dasharray="${dashes}"/></svg>`;
  return holder;
}

/** The series' name with its swatch and, where it has one, its badge. */
export function named(index: number): HTMLElement {
  const series = series_at(index);
  const holder = el("span", "named", el("span", "name", swatch(index), series.name));
  if (series.badge) holder.append(el("span", "badge", series.badge));
  return holder;
}

/** The key to every chart: press to hide or show a series everywhere, point at it to bring it forward. */
export function key(series: Series[]): HTMLElement {
  const bar = el("nav", "key");
  bar.setAttribute("aria-label", "Key to the charts");
  series.forEach((one, index) => {
    const chip = el("button", "chip", named(index));
    chip.setAttribute("type", "button");
    chip.title = `Hide or show ${one.name} in the charts`;
    chip.addEventListener("click", () => toggle_series(index));
    chip.addEventListener("pointerenter", () => charts.forEach((chart) => chart.highlight(one.name, true)));
    chip.addEventListener("pointerleave", () => charts.forEach((chart) => chart.highlight(one.name, false)));
    const mark = () => chip.setAttribute("aria-pressed", String(!is_hidden(index)));
    on_look(mark);
    mark();
    bar.append(chip);
  });
  return bar;
}
