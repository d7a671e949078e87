import {axis, Chart, font, Option, series_axis, tooltip} from "../chart";
import {el, escaped, section} from "../dom";
import {colour_of, Ink, series_at} from "../look";
import {nice_extent, signed, signed_tick} from "../numbers";
import type {IntervalsBlock} from "../page";

type Group = IntervalsBlock["groups"][number];
type Point = Group["points"][number];
interface Api {
  coord(at: number[]): number[];
}

/** Whisker and dot of one point; hollow when the interval holds zero. */
function whisker(point: Point, row: number, colours: Ink): Record<string, unknown> {
  const colour = colour_of(point.series);
  const open = point.low <= 0 && point.high >= 0;
  return {
    type: "custom", data: [[point.mean, row]], name: series_at(point.series).name,
    renderItem: (_: unknown, api: Api) => {
      const [low, y] = api.coord([point.low, row]);
      const high = api.coord([point.high, row])[0];
      const mean = api.coord([point.mean, row])[0];
      const bar = (x1: number, y1: number, x2: number, y2: number) =>
        ({type: "line", shape: {x1, y1, x2, y2}, style: {stroke: colour, lineWidth: 2.2}});
      const lines = [bar(low, y, high, y), bar(low, y - 5, low, y + 5), bar(high, y - 5, high, y + 5)];
      const dot = {type: "circle", shape: {cx: mean, cy: y, r: 4.5},
                   style: {fill: open ? colours.page : colour, stroke: colour, lineWidth: 2.2}};
      const label = {type: "text", x: mean, y: y - 11,
                     style: {text: signed(point.mean), fill: colours.text, stroke: colours.page, lineWidth: 4, align: "center", verticalAlign: "bottom",
                             font: `600 12px ${font}`}};
      return {type: "group", children: [...lines, dot, label]};
    },
  };
}

function zero_line(rows: number, colours: Ink): Record<string, unknown> {
  return {
    type: "custom", silent: true, data: [[0, 0]], tooltip: {show: false},
    renderItem: (_: unknown, api: Api) => {
      const x = api.coord([0, 0])[0];
      const step = api.coord([0, 1])[1] - api.coord([0, 0])[1];
      const top = api.coord([0, 0])[1] - step / 2;
      return {type: "line", shape: {x1: x, x2: x, y1: top, y2: top + step * rows},
              style: {stroke: colours.soft, lineWidth: 1.5}};
    },
  };
}

function option(group: Group, x_title: string, width: number, colours: Ink): Option {
  const points = group.points;
  const x = nice_extent(Math.min(0, ...points.map((p) => p.low)), Math.max(0, ...points.map((p) => p.high)),
                        width < 420 ? 4 : 6);
  return {
    grid: {left: 4, right: 22, top: 14, bottom: 30, containLabel: true},
    tooltip: {...tooltip(colours), trigger: "item", formatter: (at: {seriesIndex: number}) => {
      const point = points[at.seriesIndex - 1];
      return point ? `${escaped(series_at(point.series).name)}: <b>${signed(point.mean)}</b><br>` +
        `95% interval ${signed(point.low)} to ${signed(point.high)}` : "";
    }},
    xAxis: {...axis(colours, x_title, signed_tick), type: "value", min: x.min, max: x.max, interval: x.step,
            nameLocation: "middle", nameGap: 28},
    yAxis: series_axis(colours, points.map((p) => p.series)),
    series: [zero_line(points.length, colours), ...points.map((p, row) => whisker(p, row, colours))],
  };
}

export function intervals(block: IntervalsBlock): HTMLElement {
  const host = section(block.title, block.note);
  const grid = el("div", "pairs");
  for (const group of block.groups) {
    const chart = new Chart(() => 56 + 44 * group.points.length,
      (width, colours) => option(group, block.x_title, width, colours), `${block.title}: ${group.title}`);
    grid.append(el("figure", "panel", el("h3", "", group.title), chart.host));
  }
  host.append(grid);
  return host;
}
