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
  /** A row is a series', or has a name of its own. */
  rows: {series?: number; name?: string; cells: {text: string; under: string}[]}[];
}

/** Bars with 95% whiskers; values without an interval have low = high = mean. */
export interface BarsBlock {
  kind: "bars";
  title: string;
  note: string;
  value_title: string;
  across: boolean;
  plots: {
    title: string; note: string; category_title: string; categories: string[];
    bars: {series: number; values: {mean: number; low: number; high: number}[]}[];
  }[];
}

/** An observed value among those that chance alone gives. */
export interface SpreadBlock {
  kind: "spread";
  title: string;
  note: string;
  x_title: string;
  plots: {title: string; note: string; series: number; values: number[]; observed: number; observed_name: string}[];
}

export interface PointsBlock {
  kind: "points";
  title: string;
  note: string;
  x_title: string;
  y_title: string;
  diagonal: boolean;
  plots: {title: string; note: string; points: {series: number; x: number; mean: number; low: number; high: number}[]}[];
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

/** How a verdict looks: for, leaning for, against, not to be said. */
export type Tone = "good" | "leaning" | "bad" | "open";

/** Sentences that were put to the test. */
export interface ClaimsBlock {
  kind: "claims";
  title: string;
  note: string;
  claims: {
    text: string; where: string; verdict: string; tone: Tone; rule: string; why: string;
    /** The page that tells more, and its name; empty for none. */
    link: string; link_name: string;
    comparisons: {what: string; text: string; under: string; verdict: string; tone: Tone}[];
  }[];
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
  BarsBlock | SpreadBlock | PointsBlock | ClaimsBlock | DefinitionsBlock | NotesBlock | SettingsBlock | CommandBlock;

export interface Page {
  title: string;
  headline: string;
  /** What casts doubt on the whole result; stands above everything else. */
  warnings?: string[];
  lead: string[];
  facts: [string, string][];
  palette: {light: string[]; dark: string[]};
  series: Series[];
  blocks: Block[];
  footer: string;
}
