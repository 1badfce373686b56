// Who relies on whom: reports on one side, origins on the other, so that ten reports of one voice meet.

import type { Names, Schemas } from "../api";
import { h, s } from "../dom";
import { count, current, name, number, t } from "../i18n";

const ROW = 38;
const WIDTH = 900;
const BOX = 240;
const HEAD = 34;

interface Node {
  key: string;
  id: string;
  column: number;
  /** The reports that pass through it. */
  reports: Set<string>;
  row: number;
}

interface Edge {
  from: Node;
  to: Node;
  reports: Set<string>;
}

/** The voices of all claims and who relies on whom. */
class Graph {
  readonly nodes = new Map<string, Node>();
  readonly edges = new Map<string, Edge>();
  readonly printed = new Map<string, string>();

  constructor(claims: Schemas["MemberClaim"][]) {
    for (const { claim, report } of claims) {
      const chain = (claim.attribution ?? []).map((voice) => {
        this.printed.set(voice.id, voice.name);
        return voice.id;
      });
      const outlet = report.outlet ?? report.id;
      const all = [outlet, ...chain.filter((id, i) => id !== (i === 0 ? outlet : chain[i - 1]))];
      // Who speaks for itself is its own origin.
      if (all.length === 1) all.push(outlet);
      const path = all.map((id, i) => this.node(id, i === all.length - 1 ? 2 : i === 0 ? 0 : 1, report.id));
      for (let i = 1; i < path.length; i++) this.join(path[i - 1], path[i], report.id);
    }
    this.order();
  }

  private node(id: string, column: number, report: string): Node {
    const key = `${column} ${id}`;
    const found = this.nodes.get(key) ?? { key, id, column, reports: new Set<string>(), row: 0 };
    found.reports.add(report);
    this.nodes.set(key, found);
    return found;
  }

  private join(from: Node | undefined, to: Node | undefined, report: string): void {
    if (!from || !to || from === to) return;
    const key = `${from.key}\t${to.key}`;
    const found = this.edges.get(key) ?? { from, to, reports: new Set<string>() };
    found.reports.add(report);
    this.edges.set(key, found);
  }

  column(column: number): Node[] {
    return [...this.nodes.values()].filter((node) => node.column === column);
  }

  get rows(): number {
    return Math.max(1, ...[0, 1, 2].map((column) => this.column(column).length));
  }

  /** Puts each voice where those are that it is joined with, so that few lines cross. */
  private order(): void {
    const rows = this.rows;
    const spread = (nodes: Node[]) => nodes.forEach((node, i) => (node.row = (rows - nodes.length) / 2 + i));
    const last = this.column(2).toSorted((a, b) => b.reports.size - a.reports.size);
    spread(last);
    for (const column of [1, 0, 2, 0]) {
      const nodes = this.column(column);
      const middles = nodes.map((node) => {
        const others = [...this.edges.values()].flatMap(({ from, to, reports }) =>
          from === node ? Array<number>(reports.size).fill(to.row) : to === node ? Array<number>(reports.size).fill(from.row) : [],
        );
        return [node, others.reduce((sum, row) => sum + row, 0) / Math.max(1, others.length)] as const;
      });
      spread(middles.toSorted((a, b) => a[1] - b[1]).map(([node]) => node));
    }
  }
}

/** Draws the chains of claims as a graph in three columns. */
export function voices(claims: Schemas["MemberClaim"][], names: Names): HTMLElement {
  const graph = new Graph(claims);
  const rightToLeft = current() === "ar";
  const left = (column: number) => {
    const x = (column * (WIDTH - BOX)) / 2;
    return rightToLeft ? WIDTH - BOX - x : x;
  };
  const middle = ({ row }: Node) => HEAD + row * ROW + ROW / 2;
  const origins = graph.column(2);
  const most = Math.max(0, ...origins.map((node) => node.reports.size));
  const lines = [...graph.edges.values()].map(({ from, to, reports }) => {
    const [x1, x2] = rightToLeft ? [left(from.column), left(to.column) + BOX] : [left(from.column) + BOX, left(to.column)];
    const bend = (x2 - x1) / 2;
    const meets = to.column === 2 && to.reports.size > 1;
    return s("path", {
      d: `M${x1},${middle(from)} C${x1 + bend},${middle(from)} ${x2 - bend},${middle(to)} ${x2},${middle(to)}`,
      class: meets ? "edge meets" : "edge",
      "stroke-width": Math.min(12, 1.5 + 1.5 * reports.size),
    });
  });
  const boxes = [...graph.nodes.values()].map((node) => {
    const whole = name(node.id, names, graph.printed.get(node.id)).replace(/^.*\//, "");
    const short = whole.length > 34 ? `${whole.slice(0, 33)}…` : whole;
    const many = node.reports.size > 1;
    const meets = node.column === 2 && many;
    return s(
      "g",
      { class: `voice ${node.column === 2 ? "origin" : ""} ${meets && node.reports.size === most ? "most" : ""}` },
      s("title", null, `${whole}: ${count("reports.count", node.reports.size)}`),
      s("rect", { x: left(node.column), y: middle(node) - 15, width: BOX, height: 30, rx: 7 }),
      s("text", { x: left(node.column) + BOX / 2, y: middle(node) + 5, "text-anchor": "middle" }, short),
      many && badge(rightToLeft ? left(node.column) : left(node.column) + BOX, middle(node), node.reports.size),
    );
  });
  const heads = ["incident.outlets", "incident.relays", "incident.origins"].map((key, column) =>
    graph.column(column).length > 0
      ? s("text", { x: left(column) + BOX / 2, y: 14, "text-anchor": "middle", class: "column-head" }, t(key))
      : null,
  );
  const told = t("incident.voices.told", { outlets: number(graph.column(0).length), origins: number(origins.length) });
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": t("incident.voices") },
    s("svg", { viewBox: `-14 0 ${WIDTH + 28} ${HEAD + graph.rows * ROW + 8}`, class: "voices", role: "img", "aria-label": told }, heads, lines, boxes),
  );
}

/** How many reports go through a voice, at its outer edge. */
function badge(x: number, y: number, reports: number): SVGElement {
  return s(
    "g",
    { class: "badge" },
    s("circle", { cx: x, cy: y, r: 12 }),
    s("text", { x, y: y + 4.5, "text-anchor": "middle" }, number(reports)),
  );
}
