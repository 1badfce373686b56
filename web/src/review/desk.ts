// One claim at a time, with the words it was read in; an act a key.

import { ApiError, type Document, get, type Names, type Schemas, send } from "../api";
import { bdi, type Child, h, ltr } from "../dom";
import { count, moment, name, number, percent, t, type } from "../i18n";
import { link } from "../main";
import { valued } from "../parts/disputes";
import { chain, kind, modality, reportLink, slots } from "../parts/claim";
import { corrections } from "../parts/ruling";
import { snippet, unpaint } from "../parts/snippet";
import { why } from "../parts/why";
import { ask } from "./ask";
import { form } from "./correct";
import { judge } from "./judge";

type Queued = Schemas["Page_QueuedClaim"]["items"][number];
type Act = Schemas["Act"];
type Query = { list: string; kind?: string | undefined; reviewer?: string | undefined; limit: number };

/** So many claims before the end of the list the next page is asked for. */
const AHEAD = 8;

const KEYS: [key: string, act: string][] = [
  ["a", "accept"],
  ["c", "correct"],
  ["r", "reject"],
  ["m", "same"],
  ["s", "different"],
  ["j", "next"],
  ["k", "previous"],
  ["u", "undo"],
  ["w", "why"],
];

export class Desk {
  readonly progress = h("div", { class: "review-progress", role: "status" });
  readonly element = h("div", { class: "desk" });
  private readonly card = h("section", { class: "desk-card", "aria-label": t("review.claim"), tabindex: -1 });
  private readonly list = h("ol", { class: "queue", "aria-label": t("review.queue") });
  private readonly said = h("p", { class: "said", role: "status" });
  private readonly items: Queued[];
  private readonly names: Names;
  private next: string | null | undefined;
  private counts: Schemas["Progress"];
  private at = 0;
  private done: { act: Act; item: Queued | null }[] = [];
  private busy = false;
  private readonly documents = new Map<string, Promise<Document>>();

  constructor(
    page: Schemas["ReviewPage"],
    private readonly query: Query,
    private readonly signal: AbortSignal,
  ) {
    this.items = page.items;
    this.names = page.names;
    this.next = page.next;
    this.counts = page.progress;
    this.element.append(h("div", { class: "desk-main" }, this.card, this.buttons(), this.said), h("aside", { class: "desk-side" }, h("h2", null, t("review.queue")), this.list));
  }

  start(): void {
    const listen = (event: KeyboardEvent) => this.key(event);
    document.addEventListener("keydown", listen);
    this.signal.addEventListener("abort", () => {
      document.removeEventListener("keydown", listen);
      unpaint();
    });
    this.show();
  }

  private buttons(): HTMLElement {
    return h(
      "div",
      { class: "acts", role: "toolbar", "aria-label": t("review.acts") },
      KEYS.map(([key, act]) =>
        h("button", { type: "button", class: `act ${act === "why" ? "" : act}`, "aria-keyshortcuts": key, onclick: () => void this.act(act) }, t(`review.${act}`), " ", h("kbd", null, key)),
      ),
    );
  }

  private key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, select, textarea, dialog")) return;
    const act = KEYS.find(([key]) => key === event.key)?.[1] ?? { ArrowDown: "next", ArrowUp: "previous" }[event.key];
    if (!act || (event.key.startsWith("Arrow") && !target.closest(".queue"))) return;
    event.preventDefault();
    void this.act(act);
  }

  private get item(): Queued | undefined {
    return this.items[this.at];
  }

  private async act(act: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await this.perform(act);
    } catch (error) {
      const known = error instanceof ApiError ? error : null;
      if (!known) console.error(error);
      this.tell(h("span", { class: "bad" }, ltr(known?.message ?? t("app.error")), known?.hint && [" — ", ltr(known.hint)]));
    } finally {
      this.busy = false;
    }
  }

  private async perform(act: string): Promise<void> {
    const { item } = this;
    if (act === "next" || act === "previous") return this.move(act === "next" ? 1 : -1);
    if (act === "undo") return this.undo();
    if (!item) return;
    if (act === "why") return this.because(item);
    if (act === "accept") return this.review(item, { verdict: "accept" });
    if (act === "reject") {
      const given = await ask(t("review.reject.ask"), null, () => null, true);
      if (given) await this.review(item, { verdict: "reject", reason: given.reason });
    } else if (act === "correct") {
      await this.correct(item);
    } else {
      const made = await judge(act as "same" | "different", item, this.names, this.query.reviewer);
      if (made) this.keep(made, null);
    }
  }

  private async correct(item: Queued): Promise<void> {
    const { element, corrections } = form(item.claim, await this.document(item));
    const given = await ask(t("review.correct.ask"), element, corrections, true);
    if (!given) return;
    if (Object.keys(given.value).length === 0) return this.tell(t("review.correct.none"));
    await this.review(item, { verdict: "correct", corrections: given.value, reason: given.reason });
  }

  private async review(item: Queued, review: { verdict: string; corrections?: Record<string, unknown>; reason?: string }): Promise<void> {
    const body = { ...review, reviewer: this.query.reviewer ?? null } as Schemas["Review"];
    const { act, state } = await send("post", "/api/v1/claims/{id}/reviews", body, item.claim.id);
    this.step(item.state, -1);
    this.step(state, 1);
    this.items.splice(this.items.indexOf(item), 1);
    this.at = Math.min(this.at, Math.max(0, this.items.length - 1));
    this.keep(act, item);
  }

  /** Counts a claim among those of a state, or no longer. */
  private step(state: string, by: number): void {
    const key = state as keyof Schemas["Progress"];
    if (key in this.counts) this.counts = { ...this.counts, [key]: this.counts[key] + by };
  }

  private keep(act: Act, item: Queued | null): void {
    this.done.push({ act, item });
    this.said.dataset["verdict"] = act.verdict;
    this.tell([t(`review.done.${act.verdict}`), " ", h("span", { class: "faint" }, t("review.undo.hint"))]);
    this.show();
    if (this.next && this.items.length - this.at < AHEAD) void this.more();
  }

  private async undo(): Promise<void> {
    const last = this.done.at(-1);
    if (!last) return this.tell(t("review.undo.none"));
    await send("post", "/api/v1/acts/{entry}/undo", { reviewer: this.query.reviewer ?? null }, String(last.act.entry));
    this.done.pop();
    if (last.item) {
      const { state } = await get("/api/v1/claims/{id}/reviews", undefined, last.item.claim.id);
      this.items.splice(this.at, 0, { ...last.item, state });
      this.step(state, 1);
      this.step(last.item.state === "open" ? "once" : "agreed", -1);
    }
    this.said.dataset["verdict"] = "undone";
    this.tell(t("review.undone"));
    this.show();
  }

  private async more(): Promise<void> {
    const page = await get("/api/v1/review", { ...this.query, cursor: this.next ?? undefined });
    const known = new Set([...this.items, ...this.done.flatMap(({ item }) => item ?? [])].map(({ claim }) => claim.id));
    this.items.push(...page.items.filter(({ claim }) => !known.has(claim.id)));
    Object.assign(this.names, page.names);
    this.next = page.next;
    this.listed();
  }

  private move(by: number): void {
    this.at = Math.min(Math.max(0, this.at + by), Math.max(0, this.items.length - 1));
    this.show();
    if (this.next && this.items.length - this.at < AHEAD) void this.more();
  }

  private tell(...words: Child[]): void {
    this.said.replaceChildren(h("span", null, words));
  }

  private document(item: Queued): Promise<Document> {
    const { id } = item.report;
    const found = this.documents.get(id) ?? get("/api/v1/documents/{id}", undefined, id);
    this.documents.set(id, found);
    return found;
  }

  private show(): void {
    this.bar();
    this.listed();
    const { item } = this;
    if (!item) {
      unpaint();
      this.card.replaceChildren(h("p", { class: "empty" }, t(`review.empty.${this.query.list}`)));
      return;
    }
    const words = h("div", { class: "words" }, h("p", { class: "snippet", dir: "auto", lang: "ar" }, item.claim.evidence.exact));
    this.card.replaceChildren(...this.contents(item, words));
    void this.document(item).then((found) => {
      if (this.item === item && !this.signal.aborted) words.replaceChildren(snippet(item.claim, found));
    });
    const following = this.items[this.at + 1];
    if (following) void this.document(following);
  }

  private contents(item: Queued, words: HTMLElement): Node[] {
    const { claim, report } = item;
    const all: Child[] = [
      h(
        "div",
        { class: "card-head" },
        kind(claim),
        modality(claim),
        item.reasons.map((reason) => h("span", { class: `tag ${reason === "disputed" ? "disputed" : ""}` }, t(`review.because.${reason}`))),
      ),
      words,
      slots(claim, this.names),
      chain(claim, report.outlet ?? undefined, this.names),
      item.contradictions.length > 0 && h("ul", { class: "against-it" }, item.contradictions.slice(0, 4).map((one) => against(one, this.names))),
      item.reviews.length > 0 && readings(item.reviews, this.names),
      h(
        "div",
        { class: "card-foot" },
        reportLink(report, this.names, claim.id),
        h("span", { class: "faint" }, t("reader.confidence"), " ", ltr(claim.confidence.toFixed(2))),
        item.incident && h("a", { href: link("incidents", item.incident) }, t("review.incident")),
      ),
      h("div", { class: "because", hidden: true }),
    ];
    return [h("div", { class: "desk-claim" }, all)];
  }

  private because(item: Queued): void {
    const box = this.card.querySelector<HTMLElement>(".because");
    if (box) void why(item.claim.id, box, h("span"));
  }

  private bar(): void {
    const { open, once, agreed, disagreed, adjudicated } = this.counts;
    const all = Math.max(1, open + once + agreed + disagreed + adjudicated);
    const part = (key: string, value: number) => {
      const one = h("span", { class: `part ${key}`, title: `${t(`review.state.${key}`)}: ${number(value)}` });
      one.style.inlineSize = `${(100 * value) / all}%`;
      return one;
    };
    this.progress.replaceChildren(
      h("div", { class: "parts", "aria-hidden": "true" }, part("agreed", agreed + adjudicated), part("once", once), part("disagreed", disagreed)),
      h(
        "p",
        { class: "faint small" },
        t("review.progress", { done: number(all - open), all: number(all), share: percent((all - open) / all) }),
        this.done.length > 0 && [" · ", count("review.now", this.done.length)],
      ),
    );
  }

  private listed(): void {
    const first = Math.max(0, this.at - 3);
    this.list.replaceChildren(
      ...this.items.slice(first, first + 14).map((item, i) => {
        const place = item.claim.place?.[0];
        return h(
          "li",
          null,
          h(
            "button",
            {
              type: "button",
              "aria-current": first + i === this.at ? "true" : null,
              onclick: () => this.move(first + i - this.at),
            },
            h("span", { class: `kind ${item.claim.kind}` }, type(item.claim.kind, item.claim.type)),
            place && [" ", bdi(place.name)],
            h("span", { class: "faint small" }, " ", ltr(item.value.toFixed(2))),
          ),
        );
      }),
    );
  }
}

/** What another claim holds against this one. */
function against(one: Schemas["Dispute"], names: Names): HTMLElement {
  return h(
    "li",
    null,
    h("span", { class: "tag disputed" }, t(`dispute.${one.type}`)),
    " ",
    valued(one.own, names),
    " ⟷ ",
    h("a", { href: link("reports", one.document, { claim: one.claim }) }, valued(one.other, names)),
    " ",
    h("span", { class: "faint" }, bdi(name(one.origin, names))),
  );
}

/** What others found: two of them side by side where they disagree. */
function readings(acts: Act[], names: Names): HTMLElement {
  return h(
    "div",
    { class: "readings" },
    acts.map((act) =>
      h(
        "div",
        { class: `reading ${act.verdict}` },
        h("strong", null, bdi(act.person)),
        h("span", null, t(`review.${act.verdict}`)),
        act.corrections && corrections(act.corrections, names),
        act.reason && h("q", { dir: "auto" }, act.reason),
        h("time", { class: "faint small", datetime: act.at }, moment(act.at)),
      ),
    ),
  );
}
