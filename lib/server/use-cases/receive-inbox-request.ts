import "server-only";
import {
  answerInboxRequest,
  inboxPath,
  type InboxAnswer,
  type InboxQuestion,
} from "@/lib/domain/inbox-answer";
import { inboxRequestsMax } from "@/lib/schemas/inbox";
import { isStorableText } from "@/lib/schemas/storable-text";
import { findInboxByToken, listInboxEndpoints, type InboxEndpoint } from "@/lib/server/db/inboxes";
import { insertInboxRequest } from "@/lib/server/db/inbox-requests";
import type { Deps } from "@/lib/server/deps";
import { mayCrawl } from "@/lib/server/inbox/crawl";
import { inboxUrl } from "@/lib/server/inbox/inbox-out";
import { judgeSignature, type SignatureVerdict } from "@/lib/server/inbox/judge-signature";

export interface IncomingRequest {
  method: string;
  /** With its question mark, or empty. */
  query: string;
  headers: Headers;
  /** Null: larger than an inbox takes, and not read to its end. */
  body: Buffer | null;
}

const queryLengthMax = 2_000;
const challengeLengthMax = 1_000;

/**
 * Takes a request for the inbox with this token, whoever sent it, and says how to answer. Null when there is no such
 * inbox. What arrived is stored before it is answered.
 */
export async function receiveInboxRequest(
  deps: Deps,
  token: string,
  request: IncomingRequest,
): Promise<InboxAnswer | null> {
  // A path may hold what no text column takes: that is no inbox either.
  const inbox = isStorableText(token) ? await findInboxByToken(deps.sql, token) : null;
  if (!inbox) return null;
  const now = deps.clock();
  const endpoints = await listInboxEndpoints(deps.sql, inbox.organizationId, [inboxPath(token)], now);
  const challenge = challengeOf(request, endpoints);
  const answer = answerOf(request, {
    behavior: inbox.behavior,
    url: inboxUrl(deps.env, token),
    query: request.query,
    challenge,
  });
  await insertInboxRequest(
    deps.sql,
    {
      id: deps.newId(),
      inboxId: inbox.id,
      method: request.method,
      query: request.query.slice(0, queryLengthMax),
      headers: shownHeaders(request.headers),
      body: request.body ?? Buffer.alloc(0),
      eventType: eventTypeOf(request.body),
      answered: answer.kind === "crawl" ? 0 : answer.status,
      ...verdictOf(deps, endpoints, request, challenge, now),
      receivedAt: now,
    },
    inboxRequestsMax,
  );
  return answer;
}

function answerOf(request: IncomingRequest, question: InboxQuestion): InboxAnswer {
  if (request.body === null) return refusal(413, "An inbox takes bodies of at most 1 MiB.");
  const answer = answerInboxRequest(question);
  if (answer.kind === "answer" || mayCrawl()) return answer;
  return refusal(503, "Too many answers crawl at the moment. Try again in a minute.", {
    "retry-after": "60",
  });
}

function refusal(status: number, error: string, headers: Record<string, string> = {}): InboxAnswer {
  return { kind: "answer", status, headers, body: JSON.stringify({ error }) };
}

/** The challenge in the request, whichever header name the endpoints of this inbox have chosen for it. */
function challengeOf(
  { method, headers }: IncomingRequest,
  endpoints: readonly InboxEndpoint[],
): string | null {
  if (method !== "GET") return null;
  const names = ["webhook-verification-challenge", ...endpoints.map((endpoint) => endpoint.challengeHeader)];
  for (const name of names) {
    const value = headers.get(name);
    if (value !== null && value.length <= challengeLengthMax) return value;
  }
  return null;
}

function verdictOf(
  deps: Deps,
  endpoints: readonly InboxEndpoint[],
  { headers, body }: IncomingRequest,
  challenge: string | null,
  now: Date,
): SignatureVerdict {
  if (body === null) {
    return {
      checked: false,
      verified: false,
      verdict: "The body is larger than 1 MiB. It was refused and not kept.",
    };
  }
  if (body.length < Number(headers.get("content-length") ?? 0)) {
    return {
      checked: false,
      verified: false,
      verdict: "The sender hung up before the whole body had arrived.",
    };
  }
  if (challenge !== null) {
    const verdict = "A verification challenge. It carries no signature; repeating its text is the answer.";
    return { checked: false, verified: false, verdict };
  }
  return judgeSignature(deps.sealer, endpoints, { headers, body }, now);
}

/** Without what proxies and this server itself add on the way. */
function shownHeaders(headers: Headers): [string, string][] {
  return [...headers].filter(([name]) => !/^x-(?:forwarded-|posthorn-|nonce$)/.test(name));
}

const eventTypePattern = /^[a-z0-9_]+(?:\.[a-z0-9_]+)+$/i;
const eventTypeLengthMax = 200;

/** The event type that a body names, if it is an envelope of ours or looks like one. */
function eventTypeOf(body: Buffer | null): string | null {
  try {
    const envelope: unknown = JSON.parse(body?.toString("utf8") ?? "");
    if (typeof envelope !== "object" || envelope === null || !("eventType" in envelope)) return null;
    const { eventType } = envelope;
    if (typeof eventType !== "string" || eventType.length > eventTypeLengthMax) return null;
    return eventTypePattern.test(eventType) ? eventType : null;
  } catch {
    return null;
  }
}
