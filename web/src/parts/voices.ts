// Who relies on whom: outlets on one side, origins on the other, so that ten reports of one voice meet.

import type { Names, Schemas } from "../api";
import { h, s } from "../dom";
import { current, name, number, t } from "../i18n";

const ROW = 34;
const WIDTH = 900;
const BOX = 230;

interface Node {
  id: string;
  column: number;
  row: number;
}

/** Draws the chains of claims as a graph in three columns. */
export function voices(claims: Schemas["MemberClaim"][], names: Names): HTMLElement {
  const edges = new Map<string, number>();
  const columns: Set<string>[] = [new Set(), new Set(), new Set()];
  const printed = new Map<string, string>();
  for (const { claim, report } of claims) {
    const chain = (claim.attribution ?? []).map((voice) => {
      printed.set(voice.id, voice.name);
      return voice.id;
    });
    const outlet = report.outlet ?? report.id;
    const all = [outlet, ...chain.filter((id, i) => id !== (i === 0 ? outlet : chain[i - 1]))];
    const keys = all.map((id, i) => {
      const column = i === all.length - 1 ? 2 : i === 0 ? 0 : 1;
      columns[column]?.add(id);
      return `${column} ${id}`;
    });
    // Who speaks for itself is its own origin.
    if (keys.length === 1) {
      columns[0]?.add(outlet);
      keys.unshift(`0 ${outlet}`);
    }
    for (let i = 1; i < keys.length; i++) {
      const edge = `${keys[i - 1]}\t${keys[i]}`;
      edges.set(edge, (edges.get(edge) ?? 0) + 1);
    }
  }
  const rows = Math.max(...columns.map((column) => column.size), 1);
  const height = rows * ROW + 30;
  const nodes = new Map<string, Node>();
  columns.forEach((column, i) => {
    const first = (rows - column.size) / 2;
    [...column].forEach((id, row) => nodes.set(`${i} ${id}`, { id, column: i, row: first + row }));
  });
  const rightToLeft = current() === "ar";
  const left = (node: Node) => {
    const x = (node.column * (WIDTH - BOX)) / 2;
    return rightToLeft ? WIDTH - BOX - x : x;
  };
  const middle = (node: Node) => 30 + node.row * ROW + ROW / 2 - 3;
  const lines = [...edges].map(([edge, weight]) => {
    const [a, b] = edge.split("\t").map((key) => nodes.get(key));
    if (!a || !b) return null;
    const [x1, x2] = rightToLeft ? [left(a), left(b) + BOX] : [left(a) + BOX, left(b)];
    const bend = (x2 - x1) / 2;
    return s("path", { d: `M${x1},${middle(a)} C${x1 + bend},${middle(a)} ${x2 - bend},${middle(b)} ${x2},${middle(b)}`, class: "edge", "stroke-width": Math.min(9, 1 + weight) });
  });
  const boxes = [...nodes.values()].map((node) => {
    const said = name(node.id, names, printed.get(node.id));
    const short = said.length > 30 ? `${said.slice(0, 29)}…` : said;
    return s(
      "g",
      { class: node.column === 2 ? "voice origin" : "voice" },
      s("rect", { x: left(node), y: middle(node) - 14, width: BOX, height: 28, rx: 6 }),
      s("text", { x: left(node) + BOX / 2, y: middle(node) + 5, "text-anchor": "middle" }, short, s("title", null, said)),
    );
  });
  const heads = ["incident.outlets", "incident.relays", "incident.origins"].map((key, i) =>
    s("text", { x: left({ id: "", column: i, row: 0 }) + BOX / 2, y: 14, "text-anchor": "middle", class: "column-head" }, t(key)),
  );
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": t("incident.voices") },
    s("svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "voices", role: "img", "aria-label": t("incident.voices.told", { outlets: number(columns[0]?.size ?? 0), origins: number(columns[2]?.size ?? 0) }) }, heads, lines, boxes),
  );
}
