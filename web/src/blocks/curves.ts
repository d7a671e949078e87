import {axis, Chart, font, Option, tooltip} from "../chart";
import {el, escaped, prose, section} from "../dom";
import {colour_of, dash_of, Ink, is_hidden, series_at} from "../look";
import {fixed, nice_extent} from "../numbers";
import type {CurvesBlock, Line, PanelsBlock, View} from "../page";
import {register_curves} from "./key";

const label_size = 12.5;

const shown = (view: View): Line[] => view.lines.filter((line) => !is_hidden(line.series));

/** The 95% band: one polygon, low values forth and high values back. */
function band(view: View, line: Line): Record<string, unknown> {
  return {
    type: "custom", name: series_at(line.series).name, silent: true, z: 1, data: [[view.x[0], line.mean[0]]], clip: true, tooltip: {show: false},
    renderItem: (_: unknown, api: {coord(at: number[]): number[]}) => ({
      type: "polygon",
      shape: {
        points: [...view.x.map((x, i) => api.coord([x, line.low[i]])),
                 ...view.x.map((x, i) => api.coord([x, line.high[i]])).reverse()],
      },
      style: {fill: colour_of(line.series), opacity: 0.13},
      emphasis: {style: {opacity: 0.3}},
      blur: {style: {opacity: 0.04}},
    }),
  };
}

function curve(view: View, line: Line, thin: boolean): Record<string, unknown> {
  const colour = colour_of(line.series);
  return {
    type: "line", name: series_at(line.series).name, z: 2, symbol: view.x.length > 1 ? "none" : "circle", symbolSize: 7,
    data: view.x.map((x, i) => [x, line.mean[i]]),
    lineStyle: {color: colour, width: thin ? 1.8 : 2.4, type: dash_of(line.series)},
    itemStyle: {color: colour},
    emphasis: {focus: "series", lineStyle: {width: thin ? 1.8 : 2.4}},
    blur: {lineStyle: {opacity: 0.2}},
  };
}

/** Moves wanted positions apart by at least `gap`, each as little as it takes, keeping their order; sorted input. */
function apart(wanted: number[], gap: number): number[] {
  const groups: {at: number[]; first: number}[] = [];
  for (const y of wanted) {
    let group = {at: [y], first: y};
    for (let last = groups[groups.length - 1]; last && last.first + last.at.length * gap > group.first;
         last = groups[groups.length - 1]) {
      groups.pop();
      const at = [...last.at, ...group.at];
      group = {at, first: at.reduce((sum, v, i) => sum + v - i * gap, 0) / at.length};
    }
    groups.push(group);
  }
  return groups.flatMap((group) => group.at.map((_, i) => group.first + i * gap));
}

/** The series' names at the lines' right ends, moved apart where they would overlap. */
function end_labels(view: View): Record<string, unknown> {
  const last = view.x.length - 1;
  const lines = [...shown(view)].sort((a, b) => b.mean[last] - a.mean[last]);
  return {
    type: "custom", silent: true, z: 3, data: [[view.x[last], lines[0].mean[last]]], tooltip: {show: false},
    renderItem: (_: unknown, api: {coord(at: number[]): number[]}) => {
      const ends = lines.map((line) => api.coord([view.x[last], line.mean[last]]));
      const places = apart(ends.map((end) => end[1]), label_size + 3);
      return {type: "group", children: lines.flatMap((line, i) => {
        const [x, y] = ends[i];
        const colour = colour_of(line.series);
        return [
          {type: "line", shape: {x1: x + 3, y1: y, x2: x + 13, y2: places[i]}, style: {stroke: colour, opacity: 0.6}},
          {type: "text", x: x + 17, y: places[i],
           style: {text: series_at(line.series).name, fill: colour, verticalAlign: "middle",
                   font: `600 ${label_size}px ${font}`}},
        ];
      })};
    },
  };
}

function readout(view: View, x_title: string): (points: {dataIndex: number}[]) => string {
  return (points) => {
    const i = points[0]?.dataIndex ?? 0;
    const rows = [...shown(view)].sort((a, b) => b.mean[i] - a.mean[i]).map((line) => {
      const swatch = `<i class="dot" style="background:${colour_of(line.series)}"></i>`;
      const range = line.low[i] < line.high[i] ? `${fixed(line.low[i])} to ${fixed(line.high[i])}` : "";
      return `<tr><td>${swatch}${escaped(series_at(line.series).name)}</td><td><b>${fixed(line.mean[i])}</b></td>` +
        `<td class="range">${range}</td></tr>`;
    });
    return `<div class="tip">${escaped(x_title)} ${view.x[i]}<table>${rows.join("")}</table></div>`;
  };
}

/** Width in pixels that the longest label needs. */
function label_room(view: View): number {
  const longest = Math.max(0, ...shown(view).map((line) => series_at(line.series).name.length));
  return 30 + longest * label_size * 0.6;
}

function curves_option(view: View, x_title: string, y_title: string, width: number, colours: Ink,
                       small: boolean): Option {
  const lines = shown(view);
  const labelled = !small && width >= 620;
  const lone = view.x.length > 1 ? 0 : 1;
  const y = nice_extent(Math.min(...lines.flatMap((l) => l.low)), Math.max(...lines.flatMap((l) => l.high)),
                        small ? 4 : 6);
  return {
    grid: {left: 8, right: labelled ? label_room(view) : 14, top: small ? 12 : 34, bottom: 28, containLabel: true},
    tooltip: {...tooltip(colours), trigger: "axis", formatter: readout(view, x_title),
              axisPointer: {lineStyle: {color: colours.soft, type: "solid"}}},
    xAxis: {...axis(colours, x_title), type: "value", minInterval: 1,
            min: view.x[0] - lone, max: view.x[view.x.length - 1] + lone,
            nameLocation: "middle", nameGap: 26, splitLine: {show: false},
            axisLine: {show: true, lineStyle: {color: colours.soft}}, axisTick: {show: true}},
    yAxis: {...axis(colours, small ? "" : y_title), type: "value", min: y.min, max: y.max, interval: y.step,
            nameLocation: "end", nameGap: 14, nameTextStyle: {color: colours.soft, fontSize: 12, align: "left"}},
    series: [...lines.map((line) => band(view, line)), ...lines.map((line) => curve(view, line, small)),
             ...(labelled ? [end_labels(view)] : [])],
  };
}

function view_switch(views: View[], choose: (view: View) => void): HTMLElement {
  const buttons = views.map((view) => el("button", "", view.name));
  buttons.forEach((button, i) => {
    button.setAttribute("type", "button");
    button.setAttribute("aria-pressed", String(i === 0));
    button.addEventListener("click", () => {
      buttons.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
      choose(views[i]);
    });
  });
  return el("div", "switch", ...buttons);
}

export function curves(block: CurvesBlock): HTMLElement {
  const host = section(block.title, block.note);
  let view = block.views[0];
  const chart = new Chart((width) => (width < 620 ? 320 : 420),
    (width, colours) => curves_option(view, block.x_title, block.y_title, width, colours, false), block.title);
  if (block.views.length > 1) {
    host.append(view_switch(block.views, (chosen) => {
      view = chosen;
      chart.draw();
    }));
  }
  host.append(chart.host);
  register_curves(chart);
  return host;
}

export function panels(block: PanelsBlock): HTMLElement {
  const host = section(block.title, block.note);
  const grid = el("div", "panels");
  for (const panel of block.panels) {
    const chart = new Chart(() => 230,
      (width, colours) => curves_option(panel.view, panel.x_title, panel.y_title, width, colours, true), panel.title);
    register_curves(chart);
    grid.append(el("figure", "panel", el("h3", "", panel.title), prose("p", "small", panel.note), chart.host));
  }
  host.append(grid);
  return host;
}
