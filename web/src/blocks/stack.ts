import {axis, Chart, Option, series_axis, tooltip} from "../chart";
import {el, escaped, section} from "../dom";
import {Ink, is_dark, on_look, series_at} from "../look";
import {fixed, nice_extent} from "../numbers";
import type {StackBlock} from "../page";

/** Parts of a whole in fixed colours that are no policy's. */
const light = ["#c9ced6", "#8fb8de", "#5b8fc7", "#2f5f9e", "#f0b67f", "#c77f4a", "#7d4a8c"];
const dark = ["#59616b", "#3f6b94", "#5c9bd6", "#a9d3f5", "#8a5a2b", "#d9964f", "#b98bc9"];
const tone = (i: number): string => (is_dark() ? dark : light)[i % light.length];

const total = (values: number[]): number => values.reduce((sum, v) => sum + v, 0);

function option(block: StackBlock, colours: Ink): Option {
  const x = nice_extent(0, Math.max(...block.bars.map((bar) => total(bar.values))), 5);
  return {
    grid: {left: 4, right: 60, top: 4, bottom: 30, containLabel: true},
    tooltip: {...tooltip(colours), trigger: "axis", axisPointer: {type: "none"},
      formatter: (points: {dataIndex: number}[]) => {
        const bar = block.bars[points[0].dataIndex];
        const rows = block.parts.map((part, i) => `<tr><td><i class="dot" style="background:${tone(i)}"></i>` +
          `${escaped(part.name)}</td><td><b>${fixed(bar.values[i])}</b></td></tr>`);
        return `<div class="tip">${escaped(series_at(bar.series).name)}<table>${rows.join("")}</table></div>`;
      }},
    xAxis: {...axis(colours, block.x_title), type: "value", min: 0, max: x.max, interval: x.step,
            nameLocation: "middle", nameGap: 28},
    yAxis: series_axis(colours, block.bars.map((bar) => bar.series)),
    series: block.parts.map((part, i) => ({
      type: "bar", stack: "all", name: part.name, barWidth: "62%", itemStyle: {color: tone(i)},
      data: block.bars.map((bar) => bar.values[i]),
      label: i + 1 < block.parts.length ? {show: false} :
        {show: true, position: "right", color: colours.text, fontSize: 12, fontWeight: 600,
         formatter: (at: {dataIndex: number}) => fixed(total(block.bars[at.dataIndex].values))},
    })),
  };
}

export function stack(block: StackBlock): HTMLElement {
  const host = section(block.title, block.note);
  const chart = new Chart(() => 46 + 34 * block.bars.length, (_, colours) => option(block, colours), block.title);
  const parts = block.parts.map((part) => el("li", "", el("i", "dot"), el("b", "", part.name), ` ${part.help}`));
  const key = el("ul", "parts", ...parts);
  const paint = () => key.querySelectorAll<HTMLElement>(".dot").forEach((dot, i) => (dot.style.background = tone(i)));
  on_look(paint);
  paint();
  host.append(key, chart.host);
  return host;
}
