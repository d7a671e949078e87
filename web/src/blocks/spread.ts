import {axis, Chart, font, Option, tooltip} from "../chart";
import {el, prose, section} from "../dom";
import {colour_of, Ink} from "../look";
import {nice_extent, tick} from "../numbers";
import type {SpreadBlock} from "../page";

type Plot = SpreadBlock["plots"][number];
interface Api {
  coord(at: number[]): number[];
}

/** Dots of equal value stand on each other, as in a dot plot: [value, height from 1]. */
function stacked(values: number[], min: number, max: number, columns: number): number[][] {
  const heights = new Map<number, number>();
  return [...values].sort((a, b) => a - b).map((value) => {
    const column = Math.round((value - min) / (max - min) * columns);
    const height = (heights.get(column) ?? 0) + 1;
    heights.set(column, height);
    return [min + column / columns * (max - min), height];
  });
}

function observed_line(plot: Plot, top: number, max: number, min: number, colours: Ink): Record<string, unknown> {
  return {
    type: "custom", silent: true, z: 3, data: [[plot.observed, 0]], tooltip: {show: false},
    renderItem: (_: unknown, api: Api) => {
      const [x, y] = api.coord([plot.observed, 0]);
      const y_top = api.coord([plot.observed, top])[1];
      const left = plot.observed > (min + max) / 2;
      return {type: "group", children: [
        {type: "line", shape: {x1: x, y1: y, x2: x, y2: y_top}, style: {stroke: colours.text, lineWidth: 2}},
        {type: "text", x: x + (left ? -6 : 6), y: y_top,
         style: {text: `${plot.observed_name} ${tick(Number(plot.observed.toPrecision(4)))}`, fill: colours.text, stroke: colours.page, lineWidth: 4,
                 align: left ? "right" : "left", verticalAlign: "top", font: `600 12px ${font}`}},
      ]};
    },
  };
}

function option(plot: Plot, block: SpreadBlock, width: number, colours: Ink): Option {
  const x = nice_extent(Math.min(...plot.values, plot.observed), Math.max(...plot.values, plot.observed), width < 420 ? 4 : 6);
  const dots = stacked(plot.values, x.min, x.max, Math.max(20, Math.floor(width / 11)));
  const top = Math.max(6, ...dots.map((dot) => dot[1])) + 1;
  return {
    grid: {left: 10, right: 16, top: 10, bottom: 34, containLabel: true},
    tooltip: {...tooltip(colours), trigger: "item", formatter: (at: {value: number[]}) => `${block.x_title} ${tick(Number(at.value[0].toPrecision(4)))}`},
    xAxis: {...axis(colours, block.x_title), type: "value", min: x.min, max: x.max, interval: x.step,
            nameLocation: "middle", nameGap: 28, axisLine: {show: true, lineStyle: {color: colours.soft}}},
    yAxis: {type: "value", min: 0, max: top, show: false},
    series: [{type: "line", lineStyle: {opacity: 0}, symbol: "circle", symbolSize: 8, data: dots,
              itemStyle: {color: colour_of(plot.series), opacity: 0.75}},
             observed_line(plot, top, x.max, x.min, colours)],
  };
}

/** Where the observed value stands among values that chance alone gives, one dot each. */
export function spread(block: SpreadBlock): HTMLElement {
  const host = section(block.title, block.note);
  const grid = el("div", "pairs");
  for (const plot of block.plots) {
    const chart = new Chart(() => 190, (width, colours) => option(plot, block, width, colours), `${block.title}: ${plot.title}`);
    grid.append(el("figure", "panel", el("h3", "", plot.title), prose("p", "small", plot.note), chart.host));
  }
  host.append(grid);
  return host;
}
