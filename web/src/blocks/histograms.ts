import {axis, Chart, Option, tooltip} from "../chart";
import {el, section} from "../dom";
import {colour_of, Ink, series_at} from "../look";
import {nice_extent, short} from "../numbers";
import type {HistogramsBlock} from "../page";
import {named} from "./key";

function option(block: HistogramsBlock, plot: HistogramsBlock["plots"][number], colours: Ink): Option {
  const y = nice_extent(0, Math.max(...block.plots.flatMap((p) => p.shares)), 3);
  const percent = (share: number) => `${short(100 * share)}%`;
  return {
    grid: {left: 4, right: 6, top: 24, bottom: 26, containLabel: true},
    tooltip: {...tooltip(colours), trigger: "axis", axisPointer: {type: "none"},
              formatter: (points: {name: string; value: number}[]) =>
                `${block.x_title} ${points[0].name}<br><b>${percent(points[0].value)}</b> of creators`},
    xAxis: {...axis(colours, block.x_title, String), type: "category", data: block.bins, nameLocation: "middle", nameGap: 24,
            axisLine: {show: true, lineStyle: {color: colours.soft}}},
    yAxis: {...axis(colours, block.y_title, percent), type: "value", min: 0, max: y.max, interval: y.step, nameGap: 9,
            nameTextStyle: {color: colours.soft, fontSize: 11, align: "left"}},
    series: [{type: "bar", name: series_at(plot.series).name, data: plot.shares, barCategoryGap: "18%",
              itemStyle: {color: colour_of(plot.series), borderRadius: [2, 2, 0, 0]}}],
  };
}

export function histograms(block: HistogramsBlock): HTMLElement {
  const host = section(block.title, block.note);
  const grid = el("div", "panels");
  for (const plot of block.plots) {
    const chart = new Chart(() => 196, (_, colours) => option(block, plot, colours),
      `${block.title}: ${series_at(plot.series).name}`);
    grid.append(el("figure", "panel", el("h3", "", named(plot.series)), el("p", "small", plot.caption), chart.host));
  }
  host.append(grid);
  return host;
}
