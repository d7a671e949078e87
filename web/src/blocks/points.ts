import {axis, Chart, Option, tooltip} from "../chart";
import {el, escaped, prose, section} from "../dom";
import {colour_of, Ink, is_hidden, series_at} from "../look";
import {nice_extent, short} from "../numbers";
import type {PointsBlock} from "../page";

type Plot = PointsBlock["plots"][number];
type Point = Plot["points"][number];
interface Api {
  coord(at: number[]): number[];
}

function whiskered(point: Point, colours: Ink): Record<string, unknown> {
  const colour = colour_of(point.series);
  return {
    type: "custom", z: 2, data: [[point.x, point.mean]],
    renderItem: (_: unknown, api: Api) => {
      const [x, y] = api.coord([point.x, point.mean]);
      const low = api.coord([point.x, point.low])[1];
      const high = api.coord([point.x, point.high])[1];
      const line = (x1: number, y1: number, x2: number, y2: number) =>
        ({type: "line", shape: {x1, y1, x2, y2}, style: {stroke: colour, lineWidth: 1.8}});
      return {type: "group", children: [line(x, low, x, high), line(x - 4, low, x + 4, low), line(x - 4, high, x + 4, high),
        {type: "circle", shape: {cx: x, cy: y, r: 4.5}, style: {fill: colour, stroke: colours.page, lineWidth: 1.5}}]};
    },
  };
}

/** The line on which the estimate would be right. */
function diagonal(least: number, most: number, colours: Ink): Record<string, unknown> {
  return {type: "line", silent: true, symbol: "none", z: 1, data: [[least, least], [most, most]],
          lineStyle: {color: colours.soft, type: "dashed", width: 1.4}, tooltip: {show: false}};
}

function option(plot: Plot, block: PointsBlock, width: number, colours: Ink): Option {
  const points = plot.points.filter((point) => !is_hidden(point.series));
  const least = Math.min(...points.map((p) => p.x));
  const most = Math.max(...points.map((p) => p.x));
  const margin = (most - least) * 0.04;
  const x = nice_extent(least - margin, most + margin, width < 420 ? 3 : 5);
  const y = nice_extent(Math.min(...points.map((p) => p.low), block.diagonal ? x.min : Infinity),
                        Math.max(...points.map((p) => p.high), block.diagonal ? x.max : -Infinity), 5);
  return {
    grid: {left: 6, right: 18, top: 32, bottom: 30, containLabel: true},
    tooltip: {...tooltip(colours), trigger: "item", formatter: (at: {seriesIndex: number}) => {
      const point = points[at.seriesIndex];
      return point ? `${escaped(series_at(point.series).name)}: ${escaped(block.x_title)} ${short(point.x)}<br>` +
        `${escaped(block.y_title)} <b>${short(point.mean)}</b>, 95% interval ${short(point.low)} to ${short(point.high)}` : "";
    }},
    xAxis: {...axis(colours, block.x_title), type: "value", min: x.min, max: x.max, interval: x.step, nameLocation: "middle",
            nameGap: 28, splitLine: {show: false}, axisLine: {show: true, onZero: false, lineStyle: {color: colours.soft}}},
    yAxis: {...axis(colours, block.y_title), type: "value", min: y.min, max: y.max, interval: y.step, nameLocation: "end",
            nameGap: 12, nameTextStyle: {color: colours.soft, fontSize: 12, align: "left"}},
    series: [...points.map((point) => whiskered(point, colours)), ...(block.diagonal ? [diagonal(x.min, x.max, colours)] : [])],
  };
}

/** One quantity against another, each point with its 95% interval. */
export function points(block: PointsBlock): HTMLElement {
  const host = section(block.title, block.note);
  const grid = el("div", block.plots.length > 1 ? "pairs" : "");
  for (const plot of block.plots) {
    const chart = new Chart(() => 320, (width, colours) => option(plot, block, width, colours), `${block.title}: ${plot.title}`);
    grid.append(el("figure", "panel", el("h3", "", plot.title), prose("p", "small", plot.note), chart.host));
  }
  host.append(grid);
  return host;
}
