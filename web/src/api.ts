// The API, typed by its own description.

import type { components, paths } from "../gen/api";

export type Schemas = components["schemas"];
export type Claim = Schemas["Claim"];
export type FoundClaim = Schemas["FoundClaim"];
export type Document = Schemas["Document"];
export type Mention = Schemas["Mention"];
export type Names = Schemas["Names"];

type Get<P extends keyof paths> = paths[P] extends { get: infer G } ? G : never;
type Answer<G> = G extends { responses: { 200: { content: { "application/json": infer A } } } } ? A : never;
type Query<G> = G extends { parameters: { query?: infer Q } } ? Q : never;

type Send<P extends keyof paths, M extends "post" | "put" | "delete"> = paths[P] extends { [K in M]: infer G } ? G : never;
type Body<G> = G extends { requestBody: { content: { "application/json": infer B } } } ? B : never;
type Made<G> = G extends { responses: { 201: { content: { "application/json": infer A } } } } ? A : Answer<G>;

/** What the server says went wrong. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

/** Writes the address of an answer; `ids` fill the braces of the path in order. */
export function address<P extends keyof paths & string>(
  path: P,
  query?: Query<Get<P>>,
  ...ids: string[]
): string {
  let index = 0;
  const filled = path.replace(/\{[^}]+\}/g, () => encodeURIComponent(ids[index++] ?? ""));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const asked = search.toString();
  return asked ? `${filled}?${asked}` : filled;
}

/** Asks for an answer. */
export async function get<P extends keyof paths & string>(
  path: P,
  query?: Query<Get<P>>,
  ...ids: string[]
): Promise<Answer<Get<P>>> {
  return ask(address(path, query, ...ids));
}

/** Asks for something to be written. */
export async function send<P extends keyof paths & string, M extends "post" | "put" | "delete">(
  method: M,
  path: P,
  body: Body<Send<P, M>>,
  ...ids: string[]
): Promise<Made<Send<P, M>>> {
  const sent = body === undefined ? null : JSON.stringify(body);
  return write(method, address(path, undefined, ...ids), sent, "application/json");
}

/** Sends files. */
export function upload(form: FormData): Promise<Schemas["Job"]> {
  return write("post", "/api/v1/ingest", form, null);
}

/** Who asks, and what whoever writes must send along. */
export type Me = Schemas["Me"];

let me: Promise<Me> | null = null;

export function whoami(): Promise<Me> {
  me ??= ask<Me>("/api/v1/me").catch((error: unknown) => {
    me = null;
    throw error;
  });
  return me;
}

/** Asks to be let in. */
export function signIn(user: string, password: string): Promise<Me> {
  const headers = { accept: "application/json", "content-type": "application/json" };
  return ask("/api/v1/session", { method: "POST", headers, body: JSON.stringify({ user, password }) });
}

/** Leaves. */
export async function signOut(): Promise<void> {
  const { csrf } = await whoami();
  await fetch("/api/v1/session", { method: "DELETE", headers: csrf ? { "x-sijill-csrf": csrf } : {} });
  me = null;
}

/** Forgets who asked, as whoever comes next may be another. */
export function forgetMe(): void {
  me = null;
}

async function write<A>(method: string, url: string, body: BodyInit | null, type: string | null): Promise<A> {
  const { csrf } = await whoami();
  const headers: Record<string, string> = { accept: "application/json" };
  if (type) headers["content-type"] = type;
  if (csrf) headers["x-sijill-csrf"] = csrf;
  return ask(url, { method: method.toUpperCase(), headers, body });
}

async function ask<A>(url: string, init?: RequestInit): Promise<A> {
  const response = await fetch(url, { headers: { accept: "application/json" }, ...init });
  if (!response.ok) throw await failure(response);
  if (response.status === 204) return undefined as A;
  return response.json() as Promise<A>;
}

async function failure(response: Response): Promise<ApiError> {
  try {
    const problem = (await response.json()) as Schemas["Problem"];
    return new ApiError(problem.status, problem.code, problem.title, problem.hint ?? undefined);
  } catch {
    return new ApiError(response.status, "unknown", response.statusText);
  }
}
