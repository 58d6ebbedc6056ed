import "server-only";
import { type z } from "zod";
import type { Operation } from "@/lib/schemas/operation";
import { AppError, invalid } from "@/lib/server/app-error";
import { authenticateKey } from "@/lib/server/auth/api-key";
import { getDeps, type Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { fieldProblems } from "./field-problems";
import { problemOf } from "./problem";
import { queryValues } from "./query-values";
import { readJsonBody } from "./request-body";

interface RouteInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  deps: Deps;
  principal: Principal;
  params: z.output<P>;
  query: z.output<Q>;
  input: z.output<B>;
  /** The body as it was received. */
  bodyText: string;
  request: Request;
}

interface RouteContext {
  params: Promise<Record<string, string | string[] | undefined>>;
}

/**
 * A route handler of the REST API: authenticates, checks the scope, parses, and turns exceptions into problem
 * documents, all in one place. `handle` returns a Response, or a value that is sent with the operation's status.
 */
export function apiRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  operation: Operation<P, Q, B>,
  handle: (input: RouteInput<P, Q, B>) => Promise<unknown>,
): (request: Request, context: RouteContext) => Promise<Response> {
  return async (request, context) => {
    const deps = getDeps();
    try {
      if (deps.env.role === "worker") throw new AppError(404, "This process only delivers.");
      const principal = await authenticateKey(deps, request, operation.scope);
      const params = parseParams(operation.params, await context.params);
      const query = parseQuery(operation.query, new URL(request.url));
      const body = operation.body ? await readJsonBody(request, operation.bodyOptional) : null;
      const input = operation.body ? parseBody(operation.body, body?.value) : undefined;
      const result = await handle({
        deps,
        principal,
        params: params as z.output<P>,
        query: query as z.output<Q>,
        input: input as z.output<B>,
        bodyText: body?.text ?? "",
        request,
      });
      return result instanceof Response ? result : answer(operation.answer.status, result);
    } catch (error) {
      return problemOf(error, deps.log);
    }
  };
}

function answer(status: number, value: unknown): Response {
  const headers = { "cache-control": "no-store" };
  return value === undefined
    ? new Response(null, { status: 204, headers })
    : Response.json(value, { status, headers });
}

/** A path that cannot name anything is not found, whatever is wrong with it. */
function parseParams(schema: z.ZodType | undefined, params: unknown): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(params);
  if (!result.success) throw new AppError(404, "There is nothing with that identifier in this organization.");
  return result.data;
}

function parseQuery(schema: z.ZodType | undefined, url: URL): unknown {
  if (!schema) return undefined;
  return parseOr422(schema, queryValues(url));
}

function parseBody(schema: z.ZodType, value: unknown): unknown {
  return parseOr422(schema, value);
}

function parseOr422(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (!result.success) throw invalid(fieldProblems(result.error));
  return result.data;
}
