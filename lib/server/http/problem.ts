import "server-only";
import type { Logger } from "pino";
import { AppError, type FieldProblem } from "@/lib/server/app-error";

const titles: Record<number, string> = {
  400: "Malformed request",
  401: "Not authenticated",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  413: "Too large",
  415: "Unsupported media type",
  422: "Invalid input",
  429: "Too many requests",
  500: "Internal error",
  503: "Not available",
};

/** The body of an error answer (RFC 9457). */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: readonly FieldProblem[];
}

/** An error answer as application/problem+json. */
export function problemResponse(
  status: number,
  detail: string,
  { errors = [], headers = {} }: { errors?: readonly FieldProblem[]; headers?: Record<string, string> } = {},
): Response {
  const body: ProblemDocument = { type: "about:blank", title: titles[status] ?? "Error", status, detail };
  if (errors.length > 0) body.errors = errors;
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
  });
}

/** What an exception answers: a refusal in its own words, a lost database as 503, anything else as a bare 500. */
export function problemOf(error: unknown, log: Logger): Response {
  if (error instanceof AppError) {
    const headers: Record<string, string> = { ...error.headers };
    if (error.retryAfterSeconds !== null) headers["retry-after"] = String(error.retryAfterSeconds);
    return problemResponse(error.status, error.message, { errors: error.errors, headers });
  }
  const trouble = databaseTrouble(error);
  if (trouble !== null) {
    log.warn({ err: error, trouble }, "refused a request: the database cannot be reached");
    return problemResponse(503, troubleDetails[trouble], { headers: { "retry-after": "5" } });
  }
  log.error({ err: error }, "a request failed");
  return problemResponse(500, "Something went wrong on our side. Nothing was stored; the log tells more.");
}

/**
 * `refused`: the database took on nothing (no connection, no room), so nothing was stored. `broken`: a connection ended
 * under a statement, which may have been a commit whose answer was lost.
 */
export type DatabaseTrouble = "refused" | "broken";

const troubleDetails: Record<DatabaseTrouble, string> = {
  refused: "The database cannot be reached at the moment. Nothing was stored; try again.",
  broken:
    "The connection to the database was lost, and it is not known whether this was stored. Try again, with the same " +
    "Idempotency-Key if you sent one.",
};

/** By SQLSTATE (08: connection, 53: disk full or no connection left, 57P: shutdown), Node's and Prisma's codes. */
const codes: readonly [RegExp, DatabaseTrouble][] = [
  [/^(53...|57P03|ECONNREFUSED|P1001|P1002|P2024|P2037)$/, "refused"],
  [/^(08...|57P..|ECONN\w+|EPIPE|P1008|P1017|P2028)$/, "broken"],
];

/** By what the drivers say where they have no code. */
const messages: readonly [RegExp, DatabaseTrouble][] = [
  [/ECONNREFUSED|ENOENT.*\.s\.PGSQL|the database system is|Can't reach database server/i, "refused"],
  [/due to connection timeout|timeout exceeded when trying to connect/i, "refused"],
  [/Timed out fetching a new connection|Unable to start a transaction/i, "refused"],
  // This process is ending, and has waited for its open requests as long as it could.
  [/Cannot use a pool after calling end/i, "refused"],
  // The connection had ended before the statement was sent.
  [/connection error and is not queryable/i, "refused"],
  [/ECONNRESET|EPIPE|Connection terminated/i, "broken"],
];

/** Whether the error means that the database is away, full or out of connections, wherever in the chain it says so. */
export function databaseTrouble(error: unknown): DatabaseTrouble | null {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 5;
    current = current.cause, depth += 1
  ) {
    const { message } = current;
    const code = sqlStateOf(current);
    // The words first: Prisma has one code for a transaction that could not begin and for one that broke.
    const found = messages.find(([form]) => form.test(message)) ?? codes.find(([form]) => form.test(code));
    if (found) return found[1];
  }
  return null;
}

/** The error's own code, or the SQLSTATE that Prisma puts into its text where it has no code of its own for it. */
function sqlStateOf(error: Error): string {
  const inText = /Database error\. Code: `(\w{5})`/.exec(error.message)?.[1];
  return inText ?? ("code" in error && typeof error.code === "string" ? error.code : "");
}
