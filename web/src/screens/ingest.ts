// Reports are put in: dropped, or chosen as files or as a folder; each says what became of it.

import { address, ApiError, get, type Schemas, upload } from "../api";
import { bdi, type Child, h, ltr } from "../dom";
import { count, moment, number, percent, t } from "../i18n";
import { link, type View, type Visit } from "../main";

type Job = Schemas["Job"];

/** What the server takes at once. */
const FILES = 400;
const BYTES = 64 * 1024 * 1024;
const STATES = ["new", "revised", "duplicate", "kept", "failed"] as const;
/** So many results are shown; the others are counted. */
const SHOWN = 500;
/** After so many milliseconds it is asked again how far it is. */
const AGAIN = 400;

interface Chosen {
  file: File;
  path: string;
}

export async function ingest(visit: Visit): Promise<View> {
  const desk = new Ingest(visit);
  const jobs = await get("/api/v1/jobs").catch(() => null);
  const body = h(
    "div",
    { class: "column broad ingesting" },
    h("h1", { tabindex: -1 }, t("ingest.title")),
    h("p", { class: "lead" }, t("ingest.lead")),
    desk.element,
    jobs && jobs.items.length > 0 && h("section", { class: "panel" }, h("h2", null, t("ingest.before")), h("ul", { class: "jobs" }, jobs.items.map((job) => before(job, desk)))),
  );
  const known = jobs?.items.find((job) => String(job.id) === visit.query.get("job")) ?? jobs?.items.find((job) => isRunning(job));
  if (known) void desk.follow(known.id);
  return { title: t("ingest.title"), json: address("/api/v1/jobs"), body };
}

function isRunning({ state }: Job): boolean {
  return state !== "done" && state !== "failed";
}

function before(job: Job, desk: Ingest): HTMLElement {
  return h(
    "li",
    null,
    h("button", { type: "button", class: "plain", onclick: () => void desk.follow(job.id) }, moment(job.started)),
    " ",
    bdi(job.person),
    " · ",
    STATES.filter((state) => job.totals[state] > 0).map((state) => h("span", { class: `tag of-${state}` }, `${t(`state.${state}`)} `, number(job.totals[state]))),
  );
}

class Ingest {
  readonly element = h("div", { class: "ingest" });
  private readonly list = h("div", { class: "picked" });
  private readonly result = h("section", { class: "panel job", hidden: true, "aria-label": t("ingest.result") });
  private readonly day = h("input", { type: "date", name: "published" });
  private readonly outlet = h("input", { type: "text", name: "outlet", dir: "auto", maxlength: 200 });
  private chosen: Chosen[] = [];

  constructor(private readonly visit: Visit) {
    this.element.append(this.zone(), this.result);
    this.shown();
  }

  private zone(): HTMLElement {
    const files = h("input", { type: "file", multiple: true, id: "files", class: "hidden", onchange: () => this.add([...(files.files ?? [])].map(own)) });
    const folder = h("input", { type: "file", multiple: true, webkitdirectory: true, id: "folder", class: "hidden", onchange: () => this.add([...(folder.files ?? [])].map(own)) });
    const zone = h(
      "div",
      { class: "zone" },
      h("p", { class: "invite" }, t("ingest.drop")),
      h("div", { class: "buttons" }, files, h("label", { for: "files", class: "as-button strong" }, t("ingest.files")), folder, h("label", { for: "folder", class: "as-button" }, t("ingest.folder"))),
      h("p", { class: "faint small" }, t("ingest.formats")),
      this.list,
    );
    const over = (is: boolean) => (event: Event) => {
      event.preventDefault();
      zone.classList.toggle("over", is);
    };
    zone.addEventListener("dragover", over(true));
    zone.addEventListener("dragleave", over(false));
    zone.addEventListener("drop", (event) => {
      over(false)(event);
      void dropped(event.dataTransfer).then((found) => this.add(found));
    });
    return zone;
  }

  private add(found: Chosen[]): void {
    const known = new Set(this.chosen.map(({ path }) => path));
    this.chosen.push(...found.filter(({ path }) => !known.has(path)));
    this.shown();
  }

  private shown(): void {
    const { chosen } = this;
    if (chosen.length === 0) return this.list.replaceChildren();
    const bytes = chosen.reduce((sum, { file }) => sum + file.size, 0);
    this.list.replaceChildren(
      h("p", null, h("strong", null, count("ingest.chosen", chosen.length)), " · ", ltr(sized(bytes))),
      h("ul", { class: "files" }, chosen.slice(0, 6).map(({ path }) => h("li", null, ltr(path, "path"))), chosen.length > 6 && h("li", { class: "faint" }, "…")),
      h(
        "div",
        { class: "options" },
        h("label", { class: "field" }, h("span", null, t("ingest.published")), this.day),
        h("label", { class: "field" }, h("span", null, t("ingest.outlet")), this.outlet),
      ),
      h(
        "div",
        { class: "buttons" },
        h("button", { type: "button", class: "strong", onclick: () => void this.send() }, t("ingest.start")),
        h("button", { type: "button", onclick: () => this.forget() }, t("ingest.clear")),
      ),
    );
  }

  private forget(): void {
    this.chosen = [];
    this.shown();
  }

  /** Sends what was chosen in parts that the server takes, one after the other. */
  private async send(): Promise<void> {
    const parts = parted(this.chosen);
    this.forget();
    for (const part of parts) {
      const form = new FormData();
      if (this.day.value) form.append("published", this.day.value);
      if (this.outlet.value.trim()) form.append("outlet", this.outlet.value.trim());
      for (const { file, path } of part) form.append("file", file, path);
      try {
        await this.follow((await upload(form)).id);
      } catch (error) {
        this.result.hidden = false;
        this.result.prepend(problem(error));
        return;
      }
    }
  }

  /** Shows how far a job is until it ends. */
  async follow(id: number): Promise<void> {
    const began = performance.now();
    this.result.hidden = false;
    for (;;) {
      const job = await get("/api/v1/jobs/{id}", { limit: SHOWN }, String(id));
      if (this.visit.signal.aborted) return;
      this.show(job, job.items, performance.now() - began);
      if (!isRunning(job)) return;
      await new Promise((done) => setTimeout(done, AGAIN));
    }
  }

  private show(job: Job, items: Schemas["JobItem"][], spent: number): void {
    const share = !isRunning(job) ? 1 : job.bytes > 0 ? job.done_bytes / job.bytes : 0;
    const { received, failed, claims } = job.totals;
    const rate = isRunning(job) && received > 0 && spent > 500 ? (1000 * received) / spent : 0;
    const bar = h("progress", { max: 1, value: share, "aria-label": t("ingest.title") });
    const only = this.visit.query.get("only");
    const wanted = items.filter((item) => !only || item.state === only);
    const sorted = wanted.toSorted((a, b) => Number(b.state === "failed") - Number(a.state === "failed"));
    this.result.replaceChildren(
      h("h2", { role: "status" }, t(`job.${job.state}`), " ", h("span", { class: "faint" }, percent(share))),
      bar,
      h(
        "p",
        { class: "totals" },
        h("strong", null, count("ingest.received", received)),
        STATES.filter((state) => job.totals[state] > 0).map((state) => h("span", { class: `tag of-${state}` }, `${t(`state.${state}`)} `, number(job.totals[state]))),
        h("span", null, count("claims.count", claims)),
        rate > 0 && h("span", { class: "faint" }, t("ingest.rate", { n: number(Math.round(rate)) })),
      ),
      ...(job.error ? [h("p", { class: "bad", role: "alert" }, ltr(job.error.title), job.error.hint && [" — ", ltr(job.error.hint)])] : []),
      ...(failed > 0 ? [h("p", { class: "faint small" }, t("ingest.failed.note"))] : []),
      ...(sorted.length > 0 ? [table(sorted)] : []),
      ...(received > items.length ? [h("p", { class: "faint small" }, t("ingest.shown", { n: number(SHOWN) }))] : []),
    );
  }
}

function table(items: Schemas["JobItem"][]): HTMLElement {
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": t("ingest.result") },
    h(
      "table",
      { class: "table" },
      h("thead", null, h("tr", null, ["item.location", "item.state", "ingest.claims", "ingest.why"].map((head) => h("th", { scope: "col" }, t(head))))),
      h("tbody", null, items.map(row)),
    ),
  );
}

function row(item: Schemas["JobItem"]): HTMLElement {
  const where: Child = item.document ? h("a", { href: link("reports", item.document) }, ltr(item.location, "path")) : ltr(item.location, "path");
  return h(
    "tr",
    null,
    h("td", null, where),
    h("td", null, h("span", { class: `tag of-${item.state}` }, t(`state.${item.state}`))),
    h("td", { class: "number" }, item.claims ? number(item.claims) : "–"),
    h("td", null, item.reason && ltr(item.reason), item.hint && h("p", { class: "faint small" }, ltr(item.hint))),
  );
}

function problem(error: unknown): HTMLElement {
  const known = error instanceof ApiError ? error : null;
  if (!known) console.error(error);
  return h("p", { class: "bad", role: "alert" }, ltr(known?.message ?? t("app.error")), known?.hint && [" — ", ltr(known.hint)]);
}

function own(file: File): Chosen {
  return { file, path: file.webkitRelativePath || file.name };
}

function parted(all: Chosen[]): Chosen[][] {
  const parts: Chosen[][] = [];
  let [files, bytes] = [0, 0];
  for (const one of all) {
    if (parts.length === 0 || files >= FILES || bytes + one.file.size > BYTES) {
      parts.push([]);
      [files, bytes] = [0, 0];
    }
    parts.at(-1)?.push(one);
    files += 1;
    bytes += one.file.size;
  }
  return parts;
}

/** Lists what was dropped, folders with all that is in them. */
async function dropped(data: DataTransfer | null): Promise<Chosen[]> {
  const entries = [...(data?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return [...(data?.files ?? [])].map(own);
  const walk = async (entry: FileSystemEntry): Promise<Chosen[]> => {
    const path = entry.fullPath.replace(/^\//, "");
    if (entry.isFile) {
      const file = await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail));
      return [{ file, path }];
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    const found: Chosen[] = [];
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
      if (some.length === 0) return found;
      for (const one of some) found.push(...(await walk(one)));
    }
  };
  return (await Promise.all(entries.map(walk))).flat();
}

function sized(bytes: number): string {
  return bytes < 1e6 ? `${number(Math.max(1, Math.round(bytes / 1e3)))} kB` : `${number(Math.round(bytes / 1e5) / 10)} MB`;
}
