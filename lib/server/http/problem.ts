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
  if (isDatabaseGone(error)) {
    log.warn({ err: error }, "refused a request: the database cannot be reached");
    return problemResponse(
      503,
      "The database cannot be reached at the moment. Nothing was stored; try again.",
      {
        headers: { "retry-after": "5" },
      },
    );
  }
  log.error({ err: error }, "a request failed");
  return problemResponse(500, "Something went wrong on our side. Nothing was stored; the log tells more.");
}

/** SQLSTATE classes 08 (connection), 53 (resources: disk full, too many connections), 57P (shutdown), and what the driver says when it has no connection at all. */
const gonePattern =
  /ECONNREFUSED|ECONNRESET|EPIPE|ENOENT.*\.s\.PGSQL|Connection terminated|timeout exceeded when trying to connect|the database system is|Can't reach database server|Timed out fetching a new connection|Unable to start a transaction/i;

/** Whether the error means that the database is away, full or out of connections, wherever in the chain it says so. */
export function isDatabaseGone(error: unknown): boolean {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 5;
    current = current.cause, depth += 1
  ) {
    const code = "code" in current && typeof current.code === "string" ? current.code : "";
    if (/^(08...|53...|57P..|ECONN\w+|EPIPE|P1001|P1002|P1008|P1017|P2024|P2028)$/.test(code)) return true;
    if (gonePattern.test(current.message)) return true;
  }
  return false;
}
