import "server-only";
import type { z } from "zod";
import { AppError, invalid } from "@/lib/server/app-error";
import { findUser } from "@/lib/server/auth/session";
import { getDeps, type Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { fieldProblems } from "./field-problems";
import { problemOf } from "./problem";

interface InternalInput<Query extends z.ZodType> {
  deps: Deps;
  principal: Principal;
  /** Path parameters and query parameters together. */
  query: z.output<Query>;
}

/** A read for the dashboard's own queries (`app/api/internal`), by session instead of key. */
export function internalRoute<Query extends z.ZodType>(
  schema: Query,
  handle: (input: InternalInput<Query>) => Promise<unknown>,
) {
  return async (
    request: Request,
    context: { params: Promise<Record<string, string | string[] | undefined>> },
  ): Promise<Response> => {
    const deps = getDeps();
    try {
      const principal = await findUser();
      if (!principal) throw new AppError(401, "Your session has ended. Sign in again.");
      const given = { ...Object.fromEntries(new URL(request.url).searchParams), ...(await context.params) };
      const parsed = schema.safeParse(given);
      if (!parsed.success) throw invalid(fieldProblems(parsed.error));
      const value = await handle({ deps, principal, query: parsed.data });
      return Response.json(value, { headers: { "cache-control": "no-store" } });
    } catch (error) {
      return problemOf(error, deps.log);
    }
  };
}
