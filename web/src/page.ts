// What the program hands to this page: src/report/page.h writes it, every block kind has a file in blocks/.

/** One thing that is compared; it keeps its colour in every block. */
export interface Series {
  name: string;
  badge: string;
  slot: number;
  dashed: boolean;
}

export interface Line {
  series: number;
  mean: number[];
  low: number[];
  high: number[];
}

/** One way to look at the same quantity, such as smoothed or raw. */
export interface View {
  name: string;
  x: number[];
  lines: Line[];
}

export interface CurvesBlock {
  kind: "curves";
  title: string;
  note: string;
  x_title: string;
  y_title: string;
  views: View[];
}

export interface PanelsBlock {
  kind: "panels";
  title: string;
  note: string;
  panels: {title: string; note: string; x_title: string; y_title: string; view: View}[];
}

export interface TableBlock {
  kind: "table";
  title: string;
  note: string;
  columns: {title: string; help: string}[];
  rows: {series: number; cells: {text: string; under: string}[]}[];
}

export interface IntervalsBlock {
  kind: "intervals";
  title: string;
  note: string;
  x_title: string;
  groups: {title: string; points: {series: number; mean: number; low: number; high: number}[]}[];
}

export interface HistogramsBlock {
  kind: "histograms";
  title: string;
  note: string;
  x_title: string;
  y_title: string;
  bins: string[];
  plots: {series: number; shares: number[]; caption: string}[];
}

export interface StackBlock {
  kind: "stack";
  title: string;
  note: string;
  x_title: string;
  parts: {name: string; help: string}[];
  bars: {series: number; values: number[]}[];
}

export interface DefinitionsBlock {
  kind: "definitions";
  title: string;
  entries: {series: number; text: string}[];
}

export interface NotesBlock {
  kind: "notes";
  title: string;
  items: string[];
}

export interface SettingsBlock {
  kind: "settings";
  title: string;
  note: string;
  rows: [string, string][];
}

export interface CommandBlock {
  kind: "command";
  title: string;
  note: string;
  text: string;
}

export type Block = CurvesBlock | PanelsBlock | TableBlock | IntervalsBlock | HistogramsBlock | StackBlock |
  DefinitionsBlock | NotesBlock | SettingsBlock | CommandBlock;

export interface Page {
  title: string;
  headline: string;
  lead: string[];
  facts: [string, string][];
  palette: {light: string[]; dark: string[]};
  series: Series[];
  blocks: Block[];
  footer: string;
}
