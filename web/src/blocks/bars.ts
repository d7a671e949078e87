import {axis, Chart, Option, tooltip} from "../chart";
import {el, escaped, prose, section} from "../dom";
import {colour_of, Ink, is_hidden, series_at} from "../look";
import {nice_extent, short} from "../numbers";
import type {BarsBlock} from "../page";

type Plot = BarsBlock["plots"][number];
type Bars = Plot["bars"][number];
interface Api {
  coord(at: number[]): number[];
  size(of: number[]): number[];
}

const group_share = 0.66;  // of a category's room that its bars take together

const shown = (plot: Plot): Bars[] => plot.bars.filter((bars) => !is_hidden(bars.series));

/** The bars of one series with their whiskers; `slot` of `slots` beside each other in a category. */
function drawn(bars: Bars, across: boolean, slot: number, slots: number, colours: Ink): Record<string, unknown> {
  const colour = colour_of(bars.series);
  const at = (api: Api, row: number, value: number) => api.coord(across ? [value, row] : [row, value]);
  return {
    type: "custom", name: series_at(bars.series).name, data: bars.values.map((value, row) => (across ? [value.mean, row] : [row, value.mean])),
    renderItem: (item: {dataIndex: number}, api: Api) => {
      const value = bars.values[item.dataIndex];
      const room = Math.abs(api.size([1, 1])[across ? 1 : 0]) * group_share / slots;
      const place = (v: number) => {
        const [x, y] = at(api, item.dataIndex, v);
        const shift = (slot - (slots - 1) / 2) * room;
        return across ? [x, y + shift] : [x + shift, y];
      };
      const [x0, y0] = place(0);
      const [x1, y1] = place(value.mean);
      const half = Math.min(room * 0.9, 46) / 2;
      const box = across ? {x: Math.min(x0, x1), y: y0 - half, width: Math.abs(x1 - x0), height: 2 * half}
                         : {x: x0 - half, y: Math.min(y0, y1), width: 2 * half, height: Math.abs(y1 - y0)};
      const children: Record<string, unknown>[] = [{type: "rect", shape: {...box, r: 2}, style: {fill: colour, opacity: 0.82}}];
      if (value.low < value.high) {
        const [xl, yl] = place(value.low);
        const [xh, yh] = place(value.high);
        const cap = 5;
        const line = (x1: number, y1: number, x2: number, y2: number) =>
          ({type: "line", shape: {x1, y1, x2, y2}, style: {stroke: colours.text, lineWidth: 1.6}});
        children.push(line(xl, yl, xh, yh));
        children.push(across ? line(xl, yl - cap, xl, yl + cap) : line(xl - cap, yl, xl + cap, yl));
        children.push(across ? line(xh, yh - cap, xh, yh + cap) : line(xh - cap, yh, xh + cap, yh));
      }
      return {type: "group", children};
    },
  };
}

function option(plot: Plot, block: BarsBlock, width: number, colours: Ink): Option {
  const bars = shown(plot);
  const values = bars.flatMap((b) => b.values);
  const extent = nice_extent(Math.min(0, ...values.map((v) => v.low)), Math.max(0, ...values.map((v) => v.high)),
                             block.across && width < 480 ? 3 : 5);
  const measure = {...axis(colours, block.value_title), type: "value", min: extent.min, max: extent.max, interval: extent.step,
                   ...(block.across ? {nameLocation: "middle", nameGap: 26}
                                    : {nameLocation: "end", nameGap: 12, nameTextStyle: {color: colours.soft, fontSize: 12, align: "left"}})};
  const names = {type: "category", data: plot.categories, inverse: block.across, axisTick: {show: false},
                 axisLine: {show: true, onZero: true, lineStyle: {color: colours.soft}},
                 axisLabel: {color: colours.text, fontSize: 12, interval: 0, ...(block.across ? {width: Math.min(240, width / 2.6), overflow: "break", lineHeight: 14} : {}),
                             ...(block.across ? {} : {hideOverlap: false})},
                 ...(block.across ? {} : {name: plot.category_title, nameLocation: "middle", nameGap: 28,
                                          nameTextStyle: {color: colours.soft, fontSize: 12}})};
  return {
    grid: {left: 4, right: 16, top: block.across ? 6 : 32, bottom: 30, containLabel: true},
    tooltip: {...tooltip(colours), trigger: "item", formatter: (at: {seriesIndex: number; dataIndex: number}) => {
      const one = bars[at.seriesIndex];
      const value = one.values[at.dataIndex];
      const range = value.low < value.high ? `<br>95% interval ${short(value.low)} to ${short(value.high)}` : "";
      return `${escaped(plot.categories[at.dataIndex])}, ${escaped(series_at(one.series).name)}: <b>${short(value.mean)}</b>${range}`;
    }},
    xAxis: block.across ? measure : names,
    yAxis: block.across ? names : measure,
    series: bars.map((one, slot) => drawn(one, block.across, slot, bars.length, colours)),
  };
}

/** Bars with 95% whiskers; upright, or across where their names are long. */
export function bars(block: BarsBlock): HTMLElement {
  const host = section(block.title, block.note);
  const grid = el("div", block.plots.length > 1 ? "pairs" : "");
  for (const plot of block.plots) {
    const height = block.across ? 52 + 26 * plot.categories.length * Math.max(1, plot.bars.length * 0.7) : 270;
    const chart = new Chart(() => height, (width, colours) => option(plot, block, width, colours),
      `${block.title}: ${plot.title}`);
    grid.append(el("figure", "panel", el("h3", "", plot.title), prose("p", "small", plot.note), chart.host));
  }
  host.append(grid);
  return host;
}
