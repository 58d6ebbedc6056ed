import type { Client } from "pg";
import { callAction, type ActionAnswer, type ActionInput } from "../../fixtures/server-actions.ts";
import type { Belongings } from "./belongings.ts";
import { changedTables, takeSnapshot, type Snapshot } from "./snapshot.ts";
import type { Organization } from "./people.ts";
import type { Credentials, Visitors } from "./visitors.ts";

/** The stage of the walk: an instance on which one organization owns everything and all the others try. */
export interface Stage {
  instanceUrl: string;
  database: Client;
  owner: Organization;
  theirs: Belongings;
  /** What the strangers themselves have. */
  own: Belongings;
  visitors: Visitors;
  /** Stands in everything that is the owner's, and in no request. */
  mark: string;
}

export interface Answer {
  status: number;
  location: string | null;
  text: string;
}

/** What is not as it should be, one sentence each. Collected, so that one run names all of it. */
export class Findings {
  readonly list: string[] = [];
  readonly #stage: Stage;
  #before: Snapshot = {};
  tries = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async begin(): Promise<void> {
    this.#before = await takeSnapshot(this.#stage.database, this.#stage.owner.uuid);
  }

  /** After one try: nothing of the owner's has changed, and nothing of it stands in the answer. */
  async judge(name: string, sent: string, text: string, problem: string | null): Promise<void> {
    this.tries += 1;
    if (problem !== null) this.list.push(`${name}: ${problem}`);
    const leak = leakIn(this.#stage, sent, text);
    if (leak !== null) this.list.push(`${name}: the answer holds ${leak}`);
    const after = await takeSnapshot(this.#stage.database, this.#stage.owner.uuid);
    const changed = changedTables(this.#before, after);
    if (changed.length > 0) this.list.push(`${name}: changed the owner's ${changed.join(", ")}`);
    this.#before = after;
  }
}

/** What of the owner's stands in an answer, beyond what was named in the request itself. */
function leakIn({ mark, theirs }: Stage, sent: string, text: string): string | null {
  if (text.includes(mark)) return `the owner's data: ...${around(text, mark)}...`;
  // The twin is a name that others may have, too.
  const { twinEventType: _twin, ...ids } = theirs;
  const foreign = Object.entries(ids).find(([, id]) => !sent.includes(id) && text.includes(id));
  return foreign ? `the owner's ${foreign[0]}` : null;
}

function around(text: string, part: string): string {
  const at = text.indexOf(part);
  return text.slice(Math.max(0, at - 60), at + part.length + 60).replaceAll("\n", " ");
}

export async function request(
  { instanceUrl }: Pick<Stage, "instanceUrl">,
  { method, path, body }: { method: string; path: string; body?: unknown },
  { cookie, key }: Credentials,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(instanceUrl + path, {
    method,
    redirect: "manual",
    headers: {
      ...(cookie && { cookie }),
      ...(key && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, location: response.headers.get("location"), text };
}

export function act(
  { instanceUrl }: Pick<Stage, "instanceUrl">,
  name: string,
  input: ActionInput,
  { cookie, key }: Credentials,
): Promise<ActionAnswer> {
  if (key) throw new Error("Server actions know no keys.");
  return callAction(instanceUrl, name, input, cookie ?? null);
}

/** Null when the status is the expected one. */
export function expectStatus(answer: Answer, ...expected: number[]): string | null {
  if (expected.includes(answer.status)) return null;
  return `answered ${answer.status} instead of ${expected.join(" or ")}: ${answer.text.slice(0, 200)}`;
}
