import { allOperations } from "../../../lib/schemas/operations/all.ts";
import type { Scope } from "../../../lib/schemas/scopes.ts";
import type { RequestTry } from "./case.ts";
import { expectStatus, request, type Answer, type Findings, type Stage } from "./walk.ts";
import type { Credentials, Visitors } from "./visitors.ts";

type Guest = Exclude<keyof Visitors, "keyWithout">;

/** Who comes without a session of ours, or with one that is over. */
const withoutSession = ["nobody", "expiredSession", "removedMember"] as const satisfies Guest[];
const keys = ["strangeKey", "revokedKey"] as const satisfies Guest[];

interface Walked {
  name: string;
  method: string;
  tried: RequestTry;
}

/** The REST API knows keys alone: sessions, whoever's, are nobody there. */
export async function walkRest(
  stage: Stage,
  findings: Findings,
  { name, method, tried }: Walked,
): Promise<void> {
  const sent = toSend(stage, `/api/v1${tried.path(stage.theirs, stage.own)}`, { method, tried });
  const attempt = attempting(stage, findings, { name, sent });
  for (const who of [
    ...withoutSession,
    "strangeDeveloper",
    "strangeAdmin",
    "ownAdmin",
    "revokedKey",
  ] as const) {
    await attempt(who, stage.visitors[who], (answer) => expectStatus(answer, 401));
  }
  await attempt("strangeKey", stage.visitors.strangeKey, (answer) => asTold(tried, answer));
  const scope = scopeOf(name);
  if (scope === null) return;
  await attempt(`key without ${scope}`, stage.visitors.keyWithout[scope], (answer) =>
    expectStatus(answer, 403),
  );
}

/** The dashboard's own routes know sessions alone. */
export async function walkInternal(
  stage: Stage,
  findings: Findings,
  { name, method, tried }: Walked,
): Promise<void> {
  const sent = toSend(stage, tried.path(stage.theirs, stage.own), { method, tried });
  const attempt = attempting(stage, findings, { name, sent });
  for (const who of [...withoutSession, ...keys, "ownKey"] as const) {
    await attempt(who, stage.visitors[who], (answer) => expectStatus(answer, 401));
  }
  await attempt("strangeAdmin", stage.visitors.strangeAdmin, (answer) =>
    tried.right === "operator" ? expectStatus(answer, 403) : asTold(tried, answer),
  );
  for (const who of lackingRight(tried)) {
    await attempt(who, stage.visitors[who], (answer) => expectStatus(answer, 403));
  }
  if (tried.right) return;
  await attempt("strangeDeveloper", stage.visitors.strangeDeveloper, (answer) => asTold(tried, answer));
}

/**
 * A page as a document, and as what the router fetches when a link is followed. The latter is a stream whose status is
 * 200 whatever comes; what it came to stands in the stream (`byRouter`).
 */
export async function walkPage(stage: Stage, findings: Findings, { name, tried }: Walked): Promise<void> {
  const path = tried.path(stage.theirs, stage.own);
  const document = attempting(stage, findings, { name, sent: { method: "GET", path } });
  await walkPageOnce(document, stage, tried);
  const sent = { method: "GET", path: `${path}${path.includes("?") ? "&" : "?"}_rsc` };
  const fetched = attempting(stage, findings, { name: `${name} by the router`, sent, headers: { rsc: "1" } });
  await walkPageOnce(
    (who, credentials, check) => fetched(who, credentials, (answer) => check(byRouter(answer))),
    stage,
    tried,
  );
}

type Attempt = (
  who: string,
  credentials: Credentials,
  check: (answer: Answer) => string | null,
) => Promise<void>;

async function walkPageOnce(attempt: Attempt, { visitors }: Stage, tried: RequestTry): Promise<void> {
  for (const who of [...withoutSession, ...keys] as const) await attempt(who, visitors[who], leadsToSignIn);
  await attempt("strangeAdmin", visitors.strangeAdmin, (answer) =>
    tried.right === "operator" ? expectStatus(answer, 403) : asTold(tried, answer),
  );
  for (const who of lackingRight(tried)) {
    await attempt(who, visitors[who], (answer) => expectStatus(answer, 403));
  }
  if (tried.right) return;
  await attempt("strangeDeveloper", visitors.strangeDeveloper, (answer) => asTold(tried, answer));
}

/** What Next's router makes of the stream: the page that it shows in the end, or where it goes. */
function byRouter(answer: Answer): Answer {
  const refused = /"digest":"NEXT_HTTP_ERROR_FALLBACK;(\d+)"/.exec(answer.text)?.[1];
  const redirect = /"digest":"NEXT_REDIRECT;\w+;([^;]+);307;"/.exec(answer.text)?.[1];
  if (redirect) return { ...answer, status: 307, location: redirect };
  return refused ? { ...answer, status: Number(refused) } : answer;
}

/** That the tries were about something: with every right, the same request is granted. */
export async function grantRequest(stage: Stage, { name, method, tried }: Walked): Promise<string | null> {
  const isRest = name.includes("/api/v1/");
  const path = tried.path(stage.theirs, stage.theirs);
  const sent = toSend(stage, isRest ? `/api/v1${path}` : path, { method, tried });
  const answer = await request(stage, sent, isRest ? stage.visitors.ownKey : stage.visitors.ownAdmin);
  if (tried.right === "operator") return expectStatus(answer, 403);
  return expectStatus(answer, 200, 201, 202, 204);
}

interface Sent {
  method: string;
  path: string;
  body?: unknown;
}

function toSend(stage: Stage, path: string, { method, tried }: Pick<Walked, "method" | "tried">): Sent {
  return { method, path, body: tried.body?.(stage.theirs, stage.own) };
}

function attempting(
  stage: Stage,
  findings: Findings,
  { name, sent, headers }: { name: string; sent: Sent; headers?: Record<string, string> },
) {
  return async (who: string, credentials: Credentials, check: (answer: Answer) => string | null) => {
    const answer = await request(stage, sent, credentials, headers);
    // Whoever is of the owner's may read the owner's name above a refusal.
    const text = who.startsWith("own") ? "" : answer.text;
    await findings.judge(`${name} as ${who}`, JSON.stringify(sent), text, check(answer));
  };
}

function asTold({ told }: RequestTry, answer: Answer): string | null {
  return told === "own" ? expectStatus(answer, 200, 201, 202, 204) : expectStatus(answer, told);
}

function lackingRight({ right }: RequestTry): Guest[] {
  if (right === "operator") return ["strangeDeveloper", "ownDeveloper", "ownAdmin"];
  return right === "admin" ? ["strangeDeveloper", "ownDeveloper"] : [];
}

function leadsToSignIn(answer: Answer): string | null {
  const target = answer.location ?? "";
  return answer.status === 307 && /\/sign-in(\?|$)/.test(target)
    ? null
    : `answered ${answer.status} to ${target || answer.text.slice(0, 300)} instead of leading to the sign-in page`;
}

function scopeOf(name: string): Scope | null {
  const operation = allOperations.find(({ method, path }) => restName(method, path) === name);
  if (!operation) throw new Error(`No operation describes ${name}.`);
  return operation.scope;
}

/** How the files spell an operation: `GET /api/v1/endpoints/[id]`. */
export function restName(method: string, path: string): string {
  return `${method.toUpperCase()} /api/v1${path.replaceAll("{", "[").replaceAll("}", "]")}`;
}
