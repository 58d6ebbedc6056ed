import type { ActionResult, FormState } from "../../../lib/schemas/action-result.ts";
import type { ActionAnswer } from "../../fixtures/server-actions.ts";
import type { ActionTry, GuestTry } from "./case.ts";
import { act, type Findings, type Stage } from "./walk.ts";
import type { Credentials } from "./visitors.ts";

const withoutSession = ["nobody", "expiredSession", "removedMember"] as const;
const strangers = ["strangeDeveloper", "strangeAdmin"] as const;

interface Walked {
  name: string;
  tried: ActionTry;
}

export async function walkAction(stage: Stage, findings: Findings, { name, tried }: Walked): Promise<void> {
  const input = tried.input(stage.theirs, stage.own);
  const attempt = async (
    who: string,
    credentials: Credentials,
    check: (answer: ActionAnswer) => string | null,
  ) => {
    const answer = await act(stage, name, input, credentials);
    await findings.judge(`${name} as ${who}`, JSON.stringify(input), answer.text, check(answer));
  };
  for (const who of withoutSession) await attempt(who, stage.visitors[who], isTurnedAway);
  if (tried.endsSession) return;
  for (const who of lackingRight(tried)) await attempt(who, stage.visitors[who], isForbidden);
  for (const who of strangers) {
    if (lackingRight(tried).includes(who)) continue;
    await attempt(who, stage.visitors[who], (answer) => asTold(tried, answer));
  }
}

/** Whoever guesses at a token gets neither a session nor anything else. */
export async function walkGuestAction(
  stage: Stage,
  findings: Findings,
  { name, tried }: { name: string; tried: GuestTry },
): Promise<void> {
  const input = tried.input(stage.theirs);
  const answer = await act(stage, name, input, {});
  const isRefused = resultOf(answer)?.ok === false;
  const gotCookie = answer.headers.getSetCookie().some((cookie) => /session-token=[^;]/.test(cookie));
  const problem = isRefused && !gotCookie ? null : `was not refused: ${answer.text.slice(0, 200)}`;
  await findings.judge(`${name} as nobody`, JSON.stringify(input), answer.text, problem);
}

/** That the tries were about something: with their own ids, the strangers' admin may do the same. */
export async function grantAction(stage: Stage, { name, tried }: Walked): Promise<string | null> {
  const answer = await act(stage, name, tried.input(stage.own, stage.own), stage.visitors.strangeAdmin);
  if (tried.right === "operator") return isForbidden(answer);
  const isDone = resultOf(answer)?.ok === true || goesOn(answer);
  return isDone ? null : `was refused to its owner: ${answer.status} ${answer.text.slice(0, 300)}`;
}

function goesOn({ redirect }: ActionAnswer): boolean {
  return redirect !== null && !redirect.startsWith("/sign-in");
}

/** In words instead of a way to the sign-in page: a form that was open when its session ended is not taken away. */
function isTurnedAway(answer: ActionAnswer): string | null {
  const refusal = resultOf(answer);
  if (refusal?.ok === false && /^Your session has ended\. Sign in again /.test(refusal.message)) return null;
  return `did not say that the session has ended: ${answer.status} ${JSON.stringify(answer.result)}`;
}

function isForbidden(answer: ActionAnswer): string | null {
  const refusal = resultOf(answer);
  if (refusal?.ok === false && /^Only (admins|operators) /.test(refusal.message)) return null;
  return `did not say that the right is missing: ${answer.status} ${JSON.stringify(answer.result)}`;
}

/** What came of it, also where the action of a form answers with what was entered beside it. */
function resultOf({ result: given }: ActionAnswer): ActionResult | undefined {
  const answered = given as ActionResult | FormState | undefined;
  return answered && "result" in answered ? answered.result : answered;
}

/** A server action has no status: what a route would answer with 404 is a refusal in the same words. */
function asTold({ told, refusesWithin }: ActionTry, answer: ActionAnswer): string | null {
  if (told === "own") return answer.status < 400 ? null : `answered ${answer.status}`;
  const result = resultOf(answer);
  if (result?.ok === true && refusesWithin?.(result.value as never)) return null;
  if (result?.ok === false && /^There is no (such |event type)/.test(result.message)) return null;
  return `did not say that there is no such thing: ${answer.status} ${JSON.stringify(answer.result)}`;
}

function lackingRight({
  right,
}: ActionTry): ("strangeDeveloper" | "strangeAdmin" | "ownDeveloper" | "ownAdmin")[] {
  if (right === "operator") return ["strangeDeveloper", "strangeAdmin", "ownDeveloper", "ownAdmin"];
  return right === "admin" ? ["strangeDeveloper", "ownDeveloper"] : [];
}
