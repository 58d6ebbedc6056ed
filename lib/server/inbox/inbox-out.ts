import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { inboxPath } from "@/lib/domain/inbox-answer";
import type { InboxOut, InboxRequestRowOut } from "@/lib/schemas/inbox";
import type { InboxEndpoint, InboxRow } from "@/lib/server/db/inboxes";
import type { InboxRequestRow } from "@/lib/server/db/inbox-requests";
import type { Env } from "@/lib/server/env";

/** Where an inbox receives: below the public base URL of the instance. */
export function inboxUrl(env: Pick<Env, "url">, token: string): string {
  return env.url + inboxPath(token);
}

export function inboxOut(
  env: Pick<Env, "url">,
  inbox: InboxRow,
  endpoints: readonly InboxEndpoint[],
): InboxOut {
  return {
    id: encodeId("inb", inbox.id),
    name: inbox.name,
    url: inboxUrl(env, inbox.token),
    behavior: inbox.behavior,
    requestCount: inbox.requestCount,
    lastReceivedAt: inbox.lastReceivedAt?.toISOString() ?? null,
    endpoints: endpoints
      .filter((endpoint) => endpoint.path === inboxPath(inbox.token))
      .map(({ id, description, state }) => ({ id: encodeId("ep", id), description, state })),
    createdAt: inbox.createdAt.toISOString(),
  };
}

export function inboxRequestRowOut(row: InboxRequestRow): InboxRequestRowOut {
  return {
    id: encodeId("ibr", row.id),
    method: row.method,
    query: row.query,
    eventType: row.eventType,
    bodyBytes: row.bodyBytes,
    answered: row.answered === 0 ? null : row.answered,
    signature: row.checked ? (row.verified ? "valid" : "invalid") : "unchecked",
    verdict: row.verdict,
    receivedAt: row.receivedAt.toISOString(),
  };
}
