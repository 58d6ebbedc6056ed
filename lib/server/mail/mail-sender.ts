import "server-only";
import {
  claimMail,
  markMailFailed,
  markMailSent,
  pruneMails,
  type ClaimedMail,
} from "@/lib/server/db/mail-outbox";
import { poolSql } from "@/lib/server/db/sql";
import type { Engine } from "@/lib/server/delivery/engine";
import { undisputedNow } from "@/lib/server/delivery/undisputed-now";
import { tellRepeated } from "@/lib/server/repeated-trouble";
import { MailFailure } from "./mail-failure";
import { nextMailTry } from "./mail-schedule";
import type { Mailer, OutgoingMail } from "./mailer";
import { writeAccountMail, type WritingTools } from "./write-account-mail";
import { writeInvitationMail } from "./write-invitation-mail";

type SenderTools = WritingTools & Pick<Engine, "log" | "mailer">;

/** Far longer than the mailer's timeouts together: a claim ends by itself only when its process has died. */
const claimMs = 300_000;
const lookEveryMs = 1_000;
const pruneEveryMs = 3_600_000;
const keptMs = 90 * 86_400_000;

/**
 * Sends what waits, one mail at a time, until nothing is due, the mail server cannot be used, or `until` says so. Any
 * number of processes may do it at once. A mail is sent twice only if a process dies after the server has taken it and
 * before that is written down.
 */
export async function sendDueMail(tools: SenderTools, isOver: () => boolean = () => false): Promise<number> {
  const { mailer } = tools;
  if (mailer === null) return 0;
  for (let sent = 0; ;) {
    if (isOver()) return sent;
    const now = tools.clock();
    const claimed = await claimMail(poolSql(tools.pool), now, new Date(now.getTime() + claimMs));
    if (!claimed) return sent;
    const outcome = await trySending(tools, mailer, claimed);
    if (outcome === "sent") {
      await markMailSent(poolSql(tools.pool), claimed, tools.clock());
      sent += 1;
    } else if (outcome !== "dropped") {
      await recordFailure(tools, claimed, outcome);
      if (outcome.concernsServer) return sent;
    }
  }
}

async function contentsOf(tools: SenderTools, claimed: ClaimedMail): Promise<OutgoingMail | null> {
  const { id, recipient, content, invitationId } = claimed;
  if (content) return { id, recipient, ...content };
  return invitationId ? writeInvitationMail(tools, claimed, invitationId) : writeAccountMail(tools, claimed);
}

/** `dropped`: there turned out to be nobody to write to. */
async function trySending(
  tools: SenderTools,
  mailer: Mailer,
  claimed: ClaimedMail,
): Promise<"sent" | "dropped" | MailFailure> {
  try {
    const mail = await contentsOf(tools, claimed);
    if (mail === null) return "dropped";
    await mailer.send(mail);
    return "sent";
  } catch (error) {
    if (error instanceof MailFailure) return error;
    throw error;
  }
}

async function recordFailure(tools: SenderTools, mail: ClaimedMail, failure: MailFailure): Promise<void> {
  const nextTryAt = nextMailTry(mail.attempts, failure.permanent, tools.clock());
  await markMailFailed(poolSql(tools.pool), mail, failure.message, nextTryAt);
  const facts = { mail: mail.id, attempts: mail.attempts, nextTryAt, reason: failure.message };
  if (failure.cause === undefined) tools.log.warn(facts, "a mail was not sent");
  else tools.log.error({ ...facts, err: failure.cause }, "a mail was not sent: it could not be written");
}

/** Sends mail beside the deliveries of a worker process, on its own: a mail server that hangs holds up only mail. */
export class MailSender {
  readonly #tools: SenderTools;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> | null = null;
  #stopping = false;
  #prunedAtMs = -Infinity;

  constructor(tools: SenderTools) {
    this.#tools = tools;
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
  }

  #look(): void {
    this.#running ??= this.#pass()
      .catch((error: unknown) =>
        tellRepeated(this.#tools.log, "error", { err: error }, "mail could not be sent"),
      )
      .finally(() => (this.#running = null));
  }

  async #pass(): Promise<void> {
    await sendDueMail(this.#tools, () => this.#stopping);
    if (performance.now() - this.#prunedAtMs < pruneEveryMs) return;
    this.#prunedAtMs = performance.now();
    const past = await undisputedNow(this.#tools);
    await pruneMails(poolSql(this.#tools.pool), new Date(past.getTime() - keptMs));
  }

  /** Lets the mail that is under way end, for at most `graceMs`; its claim returns it otherwise. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    if (this.#running === null) return;
    let timer: NodeJS.Timeout | undefined;
    const bound = new Promise((resolve) => (timer = setTimeout(resolve, graceMs)));
    await Promise.race([this.#running, bound]);
    clearTimeout(timer);
  }
}
