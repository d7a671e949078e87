/** Four significant digits, at most two decimals, thousands separated: "1,234", "157.7", "0.34". */
export function short(value: number): string {
  const size = Math.abs(value);
  const decimals = size >= 1000 ? 0 : size >= 10 ? 1 : size >= 0.1 || size === 0 ? 2 : 4;
  return value.toLocaleString("en-US", {maximumFractionDigits: decimals});
}

export function signed(value: number): string {
  return (value > 0 ? "+" : value < 0 ? "\u2212" : "") + short(Math.abs(value));
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
