// Arabic and English; digits are Latin in both unless the reader chooses otherwise.

import ar from "../locales/ar.json";
import en from "../locales/en.json";
import type { Names } from "./api";
import type { Child } from "./dom";

export type Language = "ar" | "en";
type Words = { [key: string]: string };

const WORDS: Record<Language, Words> = { ar, en };
let language: Language = "ar";
let digits: "latn" | "arab" = "latn";

export function current(): Language {
  return language;
}

export function use(next: Language): void {
  language = next;
  digits = localStorage.getItem("digits") === "arab" ? "arab" : "latn";
  document.documentElement.lang = next;
  // On the body, not the root: the map's labels are drawn on a canvas that inherits from the root.
  document.body.dir = next === "ar" ? "rtl" : "ltr";
}

export function preferred(): Language {
  const chosen = localStorage.getItem("language");
  if (chosen === "ar" || chosen === "en") return chosen;
  return navigator.languages.some((one) => one.startsWith("en")) &&
    !navigator.languages.some((one) => one.startsWith("ar"))
    ? "en"
    : "ar";
}

export function toggleDigits(): void {
  localStorage.setItem("digits", digits === "latn" ? "arab" : "latn");
}

/** Says something; `{name}` is filled from `values`. An unknown key is said as it is. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const words = WORDS[language][key] ?? WORDS.en[key] ?? key.split(".").at(-1) ?? key;
  return words.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

function locale(): string {
  return `${language}-u-nu-${digits}-ca-gregory`;
}

/** Formatters are dear to make and cheap to use. */
const made = new Map<string, unknown>();

function once<F>(key: string, make: (locale: string) => F): F {
  const full = `${locale()} ${key}`;
  let found = made.get(full) as F | undefined;
  if (found === undefined) made.set(full, (found = make(locale())));
  return found;
}

export function number(value: number): string {
  return once("number", (locale) => new Intl.NumberFormat(locale)).format(value);
}

export function percent(value: number): string {
  return once("percent", (locale) => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 })).format(value);
}

/** Counts things: the key has forms for `zero`, `one`, `two`, `few`, `many`, `other`. */
export function count(key: string, value: number): string {
  const form = once("plural", (locale) => new Intl.PluralRules(locale)).select(value);
  const words = WORDS[language];
  const chosen = words[`${key}.${form}`] ?? words[`${key}.other`] ?? key;
  return chosen.replace("{n}", number(value));
}

const PARTS: Intl.DateTimeFormatOptions[] = [
  { year: "numeric" },
  { year: "numeric", month: "long" },
  { year: "numeric", month: "long", day: "numeric" },
];

/** Writes a day, month or year; what is no date is written as it is. */
export function date(iso: string): string {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(iso);
  if (!match) return iso;
  const [, year, month, day] = match;
  const when = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
  const fineness = (month ? 1 : 0) + (day ? 1 : 0);
  const make = (locale: string) => new Intl.DateTimeFormat(locale, { ...PARTS[fineness], timeZone: "UTC" });
  return once(`date ${fineness}`, make).format(when);
}

export function moment(iso: string): string {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return iso;
  return once("moment", (locale) => new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" })).format(when);
}

/** Writes an EDTF date or interval for people. */
export function edtf(value: string): string {
  const one = (part: string): string => {
    const bare = part.replace(/[?~%]$/, "");
    const said = date(bare);
    return bare === part ? said : t("time.about", { time: said });
  };
  const [start, end] = value.split("/");
  if (end === undefined) return one(value);
  if (end === "..") return t("time.since", { time: one(start ?? "") });
  if (start === "..") return t("time.until", { time: one(end) });
  return t("time.between", { start: one(start ?? ""), end: one(end) });
}

/** Names an id as the reader's language does, if it is known. */
export function name(id: string, names: Names, printed?: string): string {
  const known = names[id];
  const own = language === "ar" ? (known?.ar ?? printed) : (known?.en ?? known?.ar);
  return own ?? printed ?? id.replace(/^unlisted:/, "");
}

/** Lists things with the comma of the language. */
export function joined(all: Child[]): Child[] {
  const joint = language === "ar" ? "، " : ", ";
  return all.flatMap((one, i) => (i === 0 ? [one] : [joint, one]));
}

export function type(kind: string, claimType: string): string {
  return t(`type.${kind}/${claimType}`);
}
