import {el, prose, section} from "../dom";
import type {ClaimsBlock, Tone} from "../page";

type Claim = ClaimsBlock["claims"][number];

const badge = (verdict: string, tone: Tone): HTMLElement => el("span", `verdict ${tone}`, verdict);

function comparison(one: Claim["comparisons"][number]): HTMLElement {
  const first = el("th", "", one.what);
  first.setAttribute("scope", "row");
  const value = el("td", "", one.text);
  if (one.under) value.append(el("span", "under", one.under));
  return el("tr", "", first, value, el("td", "", badge(one.verdict, one.tone)));
}

/** All comparisons behind a claim, folded away until asked for or printed. */
function numbers(claim: Claim): HTMLElement {
  const folded = el("details", "", el("summary", "", `Numbers of ${claim.comparisons.length === 1 ? "the comparison" : `all ${claim.comparisons.length} comparisons`}`),
    el("div", "scroller", el("table", "", el("tbody", "", ...claim.comparisons.map(comparison))))) as HTMLDetailsElement;
  window.addEventListener("beforeprint", () => (folded.open = true));
  return folded;
}

function item(claim: Claim): HTMLElement {
  const where = prose("p", "small", claim.where);
  if (claim.link) {
    const link = el("a", "", claim.link_name);
    link.setAttribute("href", claim.link);
    where.append(claim.where ? "; " : "", link);
  }
  const text = el("div", "", prose("p", "said", claim.text), where, prose("p", "small", claim.rule), prose("p", "", claim.why));
  if (claim.comparisons.length > 0) text.append(numbers(claim));
  return el("li", "", badge(claim.verdict, claim.tone), text);
}

/** Each sentence beside its verdict, with the rule and the numbers that decided. */
export function claims(block: ClaimsBlock): HTMLElement {
  const host = section(block.title, block.note);
  host.append(el("ul", "claims", ...block.claims.map(item)));
  return host;
}
