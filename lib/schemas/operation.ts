import type { z } from "zod";
import type { Scope } from "./scopes";

export interface Answer {
  status: number;
  description: string;
  schema?: z.ZodType;
}

/**
 * One request of the REST API: what the route handler validates with and what the OpenAPI document is made from are
 * this one object. `path` is relative to `/api/v1`, in OpenAPI's spelling.
 */
export interface Operation<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> {
  id: string;
  method: "get" | "post" | "patch" | "delete";
  path: `/${string}`;
  /** Null: no key is needed. */
  scope: Scope | null;
  tag: "Events" | "Endpoints" | "Deliveries" | "Replays" | "Event types" | "Statistics" | "Meta";
  summary: string;
  description?: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** A request without a body counts as `{}`. */
  bodyOptional?: boolean;
  /** Request headers beyond authorization. */
  headers?: { name: string; description: string }[];
  answer: Answer;
  /** Further answers beyond the ones every operation has (400, 401, 403, 404, 422, 429). */
  otherAnswers?: Answer[];
}

/** Keeps the types of the parts. */
export function operation<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  definition: Operation<P, Q, B>,
): Operation<P, Q, B> {
  return definition;
}
