import "server-only";
import { z } from "zod";
import { wholeNumberIn } from "@/lib/schemas/whole-number-in";
import { AppError, bearerRefused, invalid } from "@/lib/server/app-error";
import { hasBearerToken } from "@/lib/server/auth/bearer-token";
import { keepHouse, keepPartitions } from "@/lib/server/delivery/housekeeping";
import { LedgerKeeper } from "@/lib/server/delivery/ledger";
import { DeliveryWorker } from "@/lib/server/delivery/worker";
import type { Deps } from "@/lib/server/deps";
import { fieldProblems } from "@/lib/server/http/field-problems";
import { problemOf } from "@/lib/server/http/problem";
import { queryValues } from "@/lib/server/http/query-values";
import { sendDueMail } from "@/lib/server/mail/mail-sender";

export interface Drained {
  claimed: number;
  succeeded: number;
  failed: number;
  /** Due and not delivered when the time was over. */
  remaining: number;
}

/** Where no worker stays up, a drain also keeps the ledger, for at most this long. */
const ledgerShareMs = 1_000;

const DrainQuery = z.strictObject({ maxSeconds: wholeNumberIn(1, 300).default(20) });

/** Answers `POST /api/worker`: 404 while no token is configured, 401 without the right one, 422 for another parameter. */
export async function drainDue(deps: Deps, request: Request): Promise<Response> {
  try {
    requireWorkerToken(deps, request);
    const query = DrainQuery.safeParse(queryValues(new URL(request.url)));
    if (!query.success) throw invalid(fieldProblems(query.error));
    const drained = await drain(deps, query.data.maxSeconds * 1000);
    return Response.json(drained, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return problemOf(error, deps.log);
  }
}

/** One run of the same worker that a long-lived process keeps, and the housekeeping that goes before it. */
export async function drain(deps: Deps, maxMs: number): Promise<Drained> {
  await keepPartitions(deps);
  await keepHouse(deps, null);
  await new LedgerKeeper(deps).catchUp(ledgerShareMs);
  const endsAt = performance.now() + maxMs;
  const [{ claimed, succeeded, failed, remaining }] = await Promise.all([
    new DeliveryWorker(deps).drain(maxMs),
    sendDueMail(deps, () => performance.now() >= endsAt),
  ]);
  return { claimed, succeeded, failed, remaining };
}

function requireWorkerToken(deps: Deps, request: Request): void {
  const expected = deps.env.workerToken;
  if (expected === null) throw new AppError(404, "There is nothing here.");
  if (!hasBearerToken(request, expected)) {
    throw bearerRefused("Send the worker token: `Authorization: Bearer <token>`.");
  }
}
