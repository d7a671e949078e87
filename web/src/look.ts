// Colours follow the theme; which series are hidden is one choice for the whole page.
import type {Page, Series} from "./page";

export interface Ink {
  text: string;
  soft: string;
  line: string;
  page: string;
}

const listeners: (() => void)[] = [];
const hidden = new Set<number>();
const system_dark = window.matchMedia("(prefers-color-scheme: dark)");
let page: Page;

export function start_look(of: Page): void {
  page = of;
  apply();
  system_dark.addEventListener("change", apply);
  print_light();
}

/** Paper is white: prints in light colours and goes back to the chosen ones. */
function print_light(): void {
  const root = document.documentElement;
  let before: string | undefined;
  window.addEventListener("beforeprint", () => {
    before = root.dataset.theme;
    root.dataset.theme = "light";
    apply();
  });
  window.addEventListener("afterprint", () => {
    if (before) root.dataset.theme = before;
    else delete root.dataset.theme;
    apply();
  });
}

/** Calls `listener` whenever colours or hidden series have changed. */
export function on_look(listener: () => void): void {
  listeners.push(listener);
}

export function is_dark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : system_dark.matches;
}

export function toggle_theme(): void {
  document.documentElement.dataset.theme = is_dark() ? "light" : "dark";
  apply();
}

export function toggle_series(index: number): void {
  if (!hidden.delete(index)) hidden.add(index);
  if (hidden.size === page.series.length) hidden.clear();
  apply();
}

export const is_hidden = (index: number): boolean => hidden.has(index);

export const series_at = (index: number): Series => page.series[index];

export function colour_of(index: number): string {
  const palette = is_dark() ? page.palette.dark : page.palette.light;
  return palette[page.series[index].slot % palette.length];
}

/** solid, dashed for what uses the truth, dotted where colours start again. */
export function dash_of(index: number): "solid" | "dashed" | "dotted" {
  const series = page.series[index];
  if (series.dashed) return "dashed";
  return series.slot >= page.palette.light.length ? "dotted" : "solid";
}

export function ink(): Ink {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {text: read("--text"), soft: read("--soft"), line: read("--line"), page: read("--page")};
}

function apply(): void {
  const root = document.documentElement;
  page.series.forEach((_, i) => root.style.setProperty(`--series-${i}`, colour_of(i)));
  listeners.forEach((listener) => listener());
}
