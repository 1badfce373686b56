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

async function ask<A>(url: string, init?: RequestInit): Promise<A> {
  const response = await fetch(url, { headers: { accept: "application/json" }, ...init });
  if (!response.ok) throw await failure(response);
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
