import {BarChart, CustomChart, LineChart} from "echarts/charts";
import {GridComponent, TooltipComponent} from "echarts/components";
import * as echarts from "echarts/core";
import {SVGRenderer} from "echarts/renderers";

import {el} from "./dom";
import {Ink, ink, on_look, series_at} from "./look";
import {tick} from "./numbers";

echarts.use([LineChart, BarChart, CustomChart, GridComponent, TooltipComponent, SVGRenderer]);

export type Option = echarts.EChartsCoreOption;
export const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/**
 * A chart that redraws itself when its width, the theme or the hidden series change. Charts are SVG, so that they
 * print sharp; `spoken` is what a screen reader says.
 */
export class Chart {
  readonly host: HTMLElement;
  private chart: echarts.ECharts | undefined;

  constructor(private height: (width: number) => number, private option: (width: number, ink: Ink) => Option,
              spoken: string) {
    this.host = el("div", "chart");
    this.host.setAttribute("role", "img");
    this.host.setAttribute("aria-label", spoken);
    new ResizeObserver(() => this.draw()).observe(this.host);
    on_look(() => this.draw());
  }

  highlight(name: string, on: boolean): void {
    this.chart?.dispatchAction({type: on ? "highlight" : "downplay", seriesName: name});
  }

  draw(): void {
    const width = this.host.clientWidth;
    if (!width) return;
    const height = this.height(width);
    this.host.style.height = `${height}px`;
    this.chart ??= echarts.init(this.host, undefined, {renderer: "svg", width, height});
    this.chart.resize({width, height});
    this.chart.setOption({animation: false, textStyle: {fontFamily: font}, ...this.option(width, ink())}, true);
  }
}

/** What all value axes share. */
export function axis(colours: Ink, name: string, label = tick): Record<string, unknown> {
  return {
    name,
    nameTextStyle: {color: colours.soft, fontSize: 12},
    axisLabel: {color: colours.soft, fontSize: 12, hideOverlap: true, formatter: label},
    axisLine: {show: false},
    axisTick: {show: false},
    splitLine: {lineStyle: {color: colours.line}},
  };
}

/** A category axis that names series from top to bottom, each with its badge below. */
export function series_axis(colours: Ink, series: number[]): Record<string, unknown> {
  return {
    type: "category", inverse: true, data: series.map((index) => series_at(index).name),
    axisLine: {show: false}, axisTick: {show: false},
    axisLabel: {
      color: colours.text, fontSize: 12.5, lineHeight: 16, interval: 0,
      rich: {badge: {color: colours.soft, fontSize: 11, lineHeight: 14, align: "right"}},
      formatter: (name: string, row: number) => {
        const badge = series_at(series[row]).badge;
        return badge ? `${name}\n{badge|${badge}}` : name;
      },
    },
  };
}

export function tooltip(colours: Ink): Record<string, unknown> {
  return {
    confine: true,
    backgroundColor: colours.page,
    borderColor: colours.line,
    padding: [8, 12],
    textStyle: {color: colours.text, fontSize: 12.5},
    extraCssText: "box-shadow: 0 4px 16px rgb(0 0 0 / .16); border-radius: 8px",
  };
}
