// A report as it was printed, with everything that was read in it.

import { address, type Claim, type Document, get, type Mention } from "../api";
import { bdi, type Child, h, ltr } from "../dom";
import { count, date, name, t } from "../i18n";
import type { View, Visit } from "../main";
import { chain, kind, modality, slots } from "../parts/claim";
import { custody } from "../parts/custody";
import { folded, isHard } from "../parts/graphic";
import { Marked, paint, type Span } from "../parts/marks";
import { mark, ruled } from "../parts/ruling";
import { why } from "../parts/why";

const LAYERS: Mention["kind"][] = ["actor", "person", "source", "place", "time", "quantity"];
const SLOTS = ["agent", "target", "place", "time", "count", "share", "voice"] as const;

/** How many cards are shown before anything else is done. */
const AT_ONCE = 40;

/** Does something when there is time. */
function idle(work: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(work);
  else setTimeout(work, 50);
}

interface Card {
  claim: Claim;
  element: HTMLElement;
}

export async function reader(visit: Visit): Promise<View> {
  const document_ = await get("/api/v1/documents/{id}", undefined, visit.id);
  const title = document_.title ?? firstLine(document_);
  const sheet = new Sheet(document_);
  const claims = document_.claims.map((claim) => sheet.card(claim));
  const body = h(
    "div",
    { class: "reader" },
    h(
      "article",
      { class: "sheet", "aria-label": t("reader.text") },
      h(
        "header",
        null,
        h("p", { class: "byline" }, byline(document_)),
        h("h1", { tabindex: -1, dir: "auto", class: document_.title ? "" : "hidden" }, sheet.titleElement),
      ),
      layers(),
      folded(sheet.textElement, document_.claims.some(isHard)),
      notes(document_),
      custody(document_.items),
    ),
    h(
      "aside",
      { class: "claims", "aria-label": t("reader.claims") },
      h("h2", null, count("claims.count", document_.claims.length)),
      h("p", { class: "faint hint" }, t(document_.claims.length > 0 ? "reader.help" : "reader.noclaims")),
      sheet.list,
    ),
  );
  sheet.start(claims, visit.query.get("claim"), visit.signal);
  return { title, json: address("/api/v1/documents/{id}", undefined, visit.id), body, width: "wide" };
}

function firstLine(document: Document): string {
  return document.text.trim().split("\n")[0]?.slice(0, 80) ?? document.id;
}

function byline(found: Document): Child[] {
  return [
    found.outlet && h("span", { class: "outlet" }, bdi(name(found.outlet, found.names))),
    found.published && h("time", { datetime: found.published }, bdi(date(found.published))),
    h("span", { class: "faint" }, ltr(found.id)),
    found.url && h("a", { href: safe(found.url), rel: "noreferrer noopener", target: "_blank" }, t("reader.original")),
  ];
}

/** An address that only leads to the web. */
function safe(url: string): string | null {
  return /^https?:\/\//i.test(url) ? url : null;
}

function layers(): HTMLElement {
  return h(
    "fieldset",
    { class: "layers" },
    h("legend", null, t("reader.layers")),
    LAYERS.map((layer) =>
      h(
        "label",
        { class: `layer layer-${layer}` },
        h("input", {
          type: "checkbox",
          checked: !document.body.classList.contains(`without-${layer}`),
          onchange: () => document.body.classList.toggle(`without-${layer}`),
        }),
        h("span", null, t(`layer.${layer}`)),
      ),
    ),
  );
}

function notes(found: Document): Child {
  if (found.notes.length === 0) return null;
  return h(
    "section",
    { class: "notes" },
    h("h2", null, t("reader.notes")),
    h(
      "ul",
      null,
      found.notes.map((note) => h("li", null, h("code", null, note.code), " ", bdi(note.message))),
    ),
  );
}

/** The text with its marks, and the claims beside it. */
class Sheet {
  readonly titleElement = h("span");
  readonly textElement = h("div", { class: "text", dir: "auto", lang: "ar", tabindex: 0 });
  /** The claims; hundreds are put in bit by bit, while nothing else is to be done. */
  readonly list = h("div", { class: "cards" });
  private shown = 0;
  private readonly title: Marked;
  private readonly text: Marked;
  private cards: Card[] = [];
  private chosen: Card | null = null;

  constructor(private readonly found: Document) {
    this.title = new Marked(this.titleElement, found.title ?? firstLine(found));
    this.text = new Marked(this.textElement, found.text);
  }

  card(claim: Claim): Card {
    const review = this.found.reviews?.[claim.id];
    const box = h("div", { class: "because", hidden: true });
    const button = h(
      "button",
      {
        type: "button",
        class: "why",
        "aria-expanded": "false",
        onclick: (event: Event) => {
          event.stopPropagation();
          void why(claim.id, box, button);
        },
      },
      t("reader.why"),
    );
    const element = h(
      "div",
      { class: review?.verdict === "reject" ? "card rejected" : "card", role: "group", tabindex: 0, id: claim.id, "aria-label": t(`type.${claim.kind}/${claim.type}`) },
      h("div", { class: "card-head" }, kind(claim), modality(claim), mark(review), claim.in && h("span", { class: "faint" }, t("reader.intitle"))),
      folded(h("blockquote", { dir: "auto", lang: "ar" }, claim.evidence.exact), isHard(claim)),
      slots(claim, this.found.names),
      ruled(review, this.found.names),
      chain(claim, this.found.outlet ?? undefined, this.found.names),
      h("div", { class: "card-foot" }, h("span", { class: "faint" }, t("reader.confidence"), " ", ltr(claim.confidence.toFixed(2))), button),
      box,
    );
    return { claim, element };
  }

  /** Puts the marks on and listens. */
  start(cards: Card[], wanted: string | null, signal: AbortSignal): void {
    this.cards = cards;
    for (const layer of LAYERS) {
      const found = this.found.mentions.filter((mention) => mention.kind === layer);
      paint(`mention-${layer}`, found.flatMap((mention) => this.range(mention, mention.in) ?? []), 1);
    }
    paint("evidence", cards.map(({ claim }) => this.marked(claim).range(claim.evidence)), 0);
    for (const card of cards) {
      const choose = () => this.choose(card);
      card.element.addEventListener("pointerenter", choose);
      card.element.addEventListener("focusin", () => this.choose(card, true));
      card.element.addEventListener("keydown", (event) => this.key(event, card));
      card.element.addEventListener("click", () => this.choose(card, true));
    }
    this.textElement.addEventListener("pointermove", (event) => this.point(event, false));
    this.textElement.addEventListener("click", (event) => this.point(event, true));
    this.textElement.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown" && event.key !== "Enter") return;
      event.preventDefault();
      this.reach(Math.max(0, this.chosen ? cards.indexOf(this.chosen) : 0))?.focus();
    });
    signal.addEventListener("abort", () => this.clear());
    this.show(AT_ONCE);
    const rest = () => {
      this.show(this.shown + AT_ONCE);
      if (this.shown < cards.length && !signal.aborted) idle(rest);
    };
    if (this.shown < cards.length) idle(rest);
    const first = cards.findIndex(({ claim }) => claim.id === wanted);
    if (first >= 0) requestAnimationFrame(() => this.reach(first)?.focus());
  }

  /** Puts so many cards into the list. */
  private show(count: number): void {
    this.list.append(...this.cards.slice(this.shown, count).map((card) => card.element));
    this.shown = Math.min(Math.max(this.shown, count), this.cards.length);
  }

  /** Returns a card that is in the list. */
  private reach(index: number): HTMLElement | undefined {
    if (this.shown <= index) this.show(index + 1);
    return this.cards[index]?.element;
  }

  private clear(): void {
    for (const layer of LAYERS) paint(`mention-${layer}`, []);
    for (const slot of SLOTS) paint(`slot-${slot}`, []);
    paint("evidence", []);
    paint("chosen", []);
  }

  private marked(claim: Claim): Marked {
    return claim.in === "title" ? this.title : this.text;
  }

  private range(span: Span, field: string | null | undefined): Range | null {
    if (field === "title" && this.found.title === undefined) return null;
    return (field === "title" ? this.title : this.text).range(span);
  }

  /** Marks a claim in the text and in the list. */
  private choose(card: Card, scrolls = false): void {
    if (this.chosen !== card) {
      this.chosen?.element.classList.remove("chosen");
      card.element.classList.add("chosen");
      this.chosen = card;
      const { claim } = card;
      const marked = this.marked(claim);
      const ranges = (spans: Partial<Span>[] | undefined) =>
        (spans ?? []).flatMap(({ start, end }) =>
          start === undefined || end === undefined ? [] : [marked.range({ start, end })],
        );
      paint("chosen", [marked.range(claim.evidence)], 2);
      paint("slot-agent", ranges(claim.agent), 3);
      paint("slot-target", ranges(claim.target), 3);
      paint("slot-place", ranges(claim.place), 3);
      paint("slot-time", ranges(claim.time && [claim.time]), 3);
      paint("slot-count", ranges(claim.count && [claim.count]), 3);
      paint("slot-share", ranges(claim.share && [claim.share]), 3);
      paint("slot-voice", ranges(claim.attribution), 3);
    }
    if (scrolls) this.bringIntoView(card.claim);
  }

  private bringIntoView(claim: Claim): void {
    const box = this.marked(claim).box(claim.evidence);
    if (box.top < 90 || box.bottom > window.innerHeight - 40) {
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      window.scrollBy({ top: box.top - window.innerHeight / 3, behavior: still ? "auto" : "smooth" });
    }
  }

  /** Chooses the next claim under the pointer; a click steps through those that overlap. */
  private point(event: MouseEvent, steps: boolean): void {
    const at = this.text.at(event.clientX, event.clientY);
    if (at === null) return;
    const under = this.cards.filter(
      ({ claim }) => claim.in !== "title" && claim.evidence.start <= at && at < claim.evidence.end,
    );
    const length = ({ claim }: Card) => claim.evidence.end - claim.evidence.start;
    under.sort((a, b) => length(a) - length(b));
    this.textElement.classList.toggle("on-claim", under.length > 0);
    if (under.length === 0) return;
    const now = under.findIndex((card) => card === this.chosen);
    const next = steps ? under[(now + 1) % under.length] : now < 0 ? under[0] : null;
    if (!next) return;
    this.choose(next);
    this.reach(this.cards.indexOf(next))?.scrollIntoView({ block: "nearest" });
  }

  private key(event: KeyboardEvent, card: Card): void {
    if (event.target !== card.element) return;
    const at = this.cards.indexOf(card);
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      this.reach(at + step)?.focus();
    } else if (event.key === "Enter" || event.key === "w") {
      event.preventDefault();
      card.element.querySelector<HTMLButtonElement>("button.why")?.click();
    } else if (event.key === "Escape") {
      this.textElement.focus();
    }
  }
}
