import {bars} from "./blocks/bars";
import {claims} from "./blocks/claims";
import {curves, panels} from "./blocks/curves";
import {histograms} from "./blocks/histograms";
import {intervals} from "./blocks/intervals";
import {key} from "./blocks/key";
import {points} from "./blocks/points";
import {spread} from "./blocks/spread";
import {stack} from "./blocks/stack";
import {table} from "./blocks/table";
import {command, definitions, notes, settings} from "./blocks/texts";
import {el, prose} from "./dom";
import {start_look, toggle_theme} from "./look";
import type {Block, Page} from "./page";

function render(block: Block): HTMLElement {
  switch (block.kind) {
    case "curves": return curves(block);
    case "panels": return panels(block);
    case "table": return table(block);
    case "intervals": return intervals(block);
    case "histograms": return histograms(block);
    case "stack": return stack(block);
    case "bars": return bars(block);
    case "spread": return spread(block);
    case "points": return points(block);
    case "claims": return claims(block);
    case "definitions": return definitions(block);
    case "notes": return notes(block);
    case "settings": return settings(block);
    case "command": return command(block);
  }
}

function header(page: Page): HTMLElement {
  const theme = el("button", "theme", "Light / dark");
  theme.setAttribute("type", "button");
  theme.addEventListener("click", toggle_theme);
  const facts = page.facts.map(([name, value]) => el("div", "", el("dt", "", name), el("dd", "", value)));
  return el("header", "",
    el("div", "top", el("span", "brand", "Perennial"), el("span", "what", page.title), theme),
    ...(page.warnings ?? []).map((sentence) => prose("p", "warning", sentence)),
    el("h1", "", page.headline),
    ...page.lead.map((sentence) => prose("p", "lead", sentence)),
    el("dl", "facts", ...facts));
}

const page = JSON.parse(document.getElementById("page-data")!.textContent!) as Page;
start_look(page);
document.body.append(header(page), ...(page.series.length > 1 ? [key(page.series)] : []), el("main", "", ...page.blocks.map(render)),
                     prose("footer", "", page.footer));
