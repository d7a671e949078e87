/** Four significant digits where they matter, thousands separated: "1,234", "157.7", "0.34". */
export function short(value: number): string {
  return rounded(value, 0);
}

/** The same with always as many decimals, for values that stand beside each other: "154.0". */
export function fixed(value: number): string {
  return rounded(value, decimals(value));
}

/** The same with its sign: "+48.0". */
export function signed(value: number): string {
  return sign(value) + fixed(Math.abs(value));
}

/** A tick with its sign: "+48". */
export function signed_tick(value: number): string {
  return sign(value) + tick(Math.abs(value));
}

/** A tick's value without the dust of binary fractions: "0.3". */
export function tick(value: number): string {
  return Number(value.toPrecision(10)).toLocaleString("en-US", {maximumFractionDigits: 10});
}

function sign(value: number): string {
  return value > 0 ? "+" : value < 0 ? "\u2212" : "";
}

function decimals(value: number): number {
  const size = Math.abs(value);
  return size >= 1000 ? 0 : size >= 10 ? 1 : size >= 0.1 || size === 0 ? 2 : 4;
}

function rounded(value: number, least: number): string {
  return value.toLocaleString("en-US", {minimumFractionDigits: least, maximumFractionDigits: decimals(value)});
}

export interface Extent {
  min: number;
  max: number;
  step: number;
}

/** The smallest range of round ticks around [least, most], about `ticks` of them. */
export function nice_extent(least: number, most: number, ticks: number): Extent {
  const span = most > least ? most - least : Math.abs(most) || 1;
  const rough = span / ticks;
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.999) ?? 10 * power;
  const low = most > least ? least : least - span / 2;
  const high = most > least ? most : most + span / 2;
  return {min: Math.floor(low / step + 1e-9) * step, max: Math.ceil(high / step - 1e-9) * step, step};
}
