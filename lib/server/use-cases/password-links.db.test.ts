import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hashPassword } from "@/lib/server/auth/password";
import { countMails } from "@/lib/server/db/instance-counts";
import { lockHolderByEmail } from "@/lib/server/db/password-links";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { waitingForLocks } from "@/lib/server/db/testing/waiting-for-locks";
import { keepPartitions } from "@/lib/server/delivery/housekeeping";
import type { Deps } from "@/lib/server/deps";
import { sendDueMail } from "@/lib/server/mail/mail-sender";
import type { Principal } from "@/lib/server/principal";
import { mailedTokens } from "@/lib/server/testing/mailed-links";
import { startSmtpReceiver, type SmtpReceiver } from "@/lib/server/testing/smtp-receiver";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { changePassword, disconnectProvider } from "./change-account";
import { inviteMember } from "./invite-member";
import { requestPasswordLink } from "./request-password-link";
import { readPasswordLink, resetPassword } from "./reset-password";
import { signIn } from "./sign-in";
import { signInWithProvider } from "./sign-in-with-provider";

const database = testDatabase();
const email = "ada@example.com";
const password = "analytical engine";
const next = "difference engine";
const origin = { address: "198.51.100.7", userAgent: "Firefox/140.0 Linux" };
const hourMs = 3_600_000;
let smtp: SmtpReceiver;
let deps: Deps;
let principal: Principal & { userId: string; email: string };
let nowMs: number;

beforeEach(async () => {
  nowMs = Date.parse("2026-11-21T09:00:00Z");
  smtp = await startSmtpReceiver();
  const mail = { SMTP_URL: smtp.url, MAIL_FROM: "posthorn@example.com" };
  deps = await createTestDeps(database().url, mail, { clock: () => new Date(nowMs) });
  const made = await createTestPrincipal(deps);
  principal = { ...made, userId: made.userId ?? "", email };
  const passwordHash = await hashPassword(password);
  await deps.prisma.user.update({ where: { id: principal.userId }, data: { email, passwordHash } });
});
afterEach(async () => {
  await closeTestDeps(deps);
  await smtp.close();
});

const ask = (address = email) => requestPasswordLink(deps, { email: address }, origin);
const send = () => sendDueMail(deps);
const reset = async (token: string, chosen = next) =>
  (await resetPassword(deps, { token, password: chosen }, origin)).claims;
const enter = (given: string) => signIn(deps, { email, password: given, address: null });

async function mailedToken(recipient = email): Promise<string> {
  await ask(recipient);
  await send();
  return mailedTokens(smtp, recipient).at(-1) ?? "";
}

const entries = async () =>
  (await deps.prisma.auditEntry.findMany({ orderBy: { id: "asc" } })).map(
    ({ action, actor, organizationId }) => ({ action, actor, organizationId }),
  );
const waiting = () =>
  deps.sql<{ kind: string }>("SELECT kind FROM mail_outbox WHERE state = 'waiting' ORDER BY id");

describe("asking for a link", () => {
  it("does the same, statement by statement, and answers the same, whether there is an account or not", async () => {
    const statements = vi.spyOn(deps.pool, "query");
    const texts = async (address: string) => {
      statements.mockClear();
      const answer = await ask(address);
      return {
        answer: { ...answer, email: "" },
        texts: statements.mock.calls.map(([query]) => (query as unknown as { text: string }).text),
      };
    };
    const known = await texts(email);
    expect(known.texts.length).toBeGreaterThan(2);
    expect(await texts("eve@example.com")).toEqual(known);
    expect(await waiting()).toHaveLength(2);
    expect(await entries()).toEqual([]);
  });

  it("mails a link where there is an account, and forgets the address where there is none", async () => {
    await ask("eve@example.com");
    await ask();
    await send();
    expect(smtp.messages.map(({ to }) => to)).toEqual([email]);
    expect(mailedTokens(smtp, email)).toHaveLength(1);
    const kept = await deps.sql("SELECT recipient FROM mail_outbox");
    expect(kept).toEqual([{ recipient: email }]);
    const { organizationId } = principal;
    expect(await entries()).toEqual([
      { action: "account.password_link_sent", actor: "system", organizationId },
    ]);
  });

  it("is not told from a metric, which anybody may read", async () => {
    await ask();
    expect(await countMails(deps.sql)).toEqual([]);
    await send();
    expect(await countMails(deps.sql)).toEqual([]);
  });

  it("sends one person three mails an hour, and refuses an unknown address in the same words", async () => {
    const refusals: unknown[] = [];
    for (const address of [email, "eve@example.com"]) {
      for (let asked = 0; asked < 3; asked += 1) await ask(address);
      refusals.push(await ask(address).catch((error: Error) => error));
    }
    expect(refusals[0]).toMatchObject({ status: 429, retryAfterSeconds: 3_600 });
    expect(String(refusals[0])).toContain("wait 1 hour");
    expect(refusals[1]).toEqual(refusals[0]);
    await expect(enter(password)).resolves.toMatchObject({ userId: principal.userId });
    nowMs += hourMs + 1;
    await expect(ask()).resolves.toEqual({ email });
  });

  it("holds back one address that asks for many people, and no sign-in from there", async () => {
    for (let asked = 0; asked < 20; asked += 1) await ask(`nobody${asked}@example.com`);
    await expect(ask()).rejects.toMatchObject({ status: 429, retryAfterSeconds: 60 });
    await expect(signIn(deps, { email, password, ...origin })).resolves.toBeTruthy();
  });

  it("is refused where there is no mail server, and leaves nothing", async () => {
    deps.mailer = null;
    await expect(ask()).rejects.toMatchObject({ status: 409 });
    expect(await waiting()).toEqual([]);
  });
});

describe("a link", () => {
  it("is in the database as a hash alone, also while the mail waits for its server", async () => {
    const token = await mailedToken();
    expect(await readPasswordLink(deps, token)).toEqual({ email, hasPassword: true });
    const dumped = await deps.sql<{ row: string }>(
      `SELECT to_jsonb(t)::text AS row FROM password_link t
       UNION ALL SELECT to_jsonb(t)::text FROM mail_outbox t
       UNION ALL SELECT to_jsonb(t)::text FROM audit_entry t`,
    );
    expect(dumped).toHaveLength(3);
    expect(JSON.stringify(dumped)).not.toContain(token);
  });

  it("is not repeated by a mail server that refuses the mail and quotes it", async () => {
    await smtp.close();
    let quoted = "";
    smtp = await startSmtpReceiver(
      {
        onData(stream, _session, done) {
          const chunks: Buffer[] = [];
          stream.on("data", (chunk: Buffer) => chunks.push(chunk));
          stream.on("end", () => {
            const text = Buffer.concat(chunks)
              .toString("utf8")
              .replaceAll("=\r\n", "")
              .replaceAll("=3D", "=");
            quoted = /token=[\w-]+/.exec(text)?.[0] ?? "";
            done(Object.assign(new Error(`Spam: ${quoted}`), { responseCode: 554 }));
          });
        },
      },
      smtp.port,
    );
    await ask();
    await send();
    expect(quoted).toMatch(/^token=[\w-]{43}$/);
    const [mail] = await deps.sql<{ state: string; error: string }>(
      "SELECT state, last_error AS error FROM mail_outbox",
    );
    expect(mail).toEqual({ state: "failed", error: expect.stringContaining("Spam: token=***") });
  });

  it("sets the password, ends every session and every delay, and signs its owner in", async () => {
    const before = await enter(password);
    const token = await mailedToken();
    for (let failure = 0; failure < 5; failure += 1) await enter("wrong").catch(() => undefined);
    await expect(enter(password)).rejects.toMatchObject({ status: 429 });
    const claims = await reset(token);
    expect(claims).toMatchObject({ ...before, sessionVersion: before.sessionVersion + 1 });
    expect(await enter(next)).toEqual(claims);
    await expect(enter(password)).rejects.toMatchObject({ status: 401 });
    await send();
    expect(smtp.messages.at(-1)?.raw).toContain("Subject: Your password was changed on localhost:3000");
  });

  it("works once, also when two use it at the same time", async () => {
    const token = await mailedToken();
    const { resetting } = await deps.transaction(async ({ sql }) => {
      await lockHolderByEmail(sql, email);
      const started = Promise.allSettled([reset(token), reset(token, "another engine")]);
      await vi.waitFor(async () => expect(await waitingForLocks(deps.sql)).toBe(2), 10_000);
      return { resetting: started };
    });
    const both = await resetting;
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { status: 409 } });
    const worked = both[0]?.status === "fulfilled" ? next : "another engine";
    await expect(enter(worked)).resolves.toBeTruthy();
    expect(await readPasswordLink(deps, token)).toBeNull();
    await expect(reset(token)).rejects.toMatchObject({ status: 409 });
  });

  it("holds for one hour, and is forgotten then", async () => {
    const token = await mailedToken();
    nowMs += hourMs - 1;
    expect(await readPasswordLink(deps, token)).not.toBeNull();
    await keepPartitions(deps);
    expect(await deps.sql("SELECT 1 FROM password_link")).toHaveLength(1);
    nowMs += 1;
    expect(await readPasswordLink(deps, token)).toBeNull();
    await expect(reset(token)).rejects.toMatchObject({ status: 409 });
    await keepPartitions(deps);
    expect(await deps.sql("SELECT 1 FROM password_link")).toEqual([]);
  });

  it("takes the place of the one before", async () => {
    const first = await mailedToken();
    const second = await mailedToken();
    expect(second).not.toBe(first);
    await expect(reset(first)).rejects.toMatchObject({ status: 409 });
    await expect(reset(second)).resolves.toBeTruthy();
  });

  it("of a mail that is tried again is another one, and in the audit log once", async () => {
    const { port } = smtp;
    await smtp.close();
    await ask();
    await send();
    const [early] = await deps.sql<{ hash: Buffer }>("SELECT token_hash AS hash FROM password_link");
    smtp = await startSmtpReceiver({}, port);
    nowMs += 60_000;
    await send();
    const [late] = await deps.sql<{ hash: Buffer }>("SELECT token_hash AS hash FROM password_link");
    expect(late?.hash).not.toEqual(early?.hash);
    await expect(reset(mailedTokens(smtp, email)[0] ?? "")).resolves.toBeTruthy();
    expect((await entries()).filter(({ action }) => action === "account.password_link_sent")).toHaveLength(1);
  });

  it("ends with a changed password, also one that was asked for and is not mailed yet", async () => {
    const token = await mailedToken();
    await ask();
    await changePassword(deps, principal, { currentPassword: password, newPassword: next });
    await expect(reset(token)).rejects.toMatchObject({ status: 409 });
    expect(await waiting()).toEqual([{ kind: "password_changed" }]);
  });

  it("ends with its account", async () => {
    const token = await mailedToken();
    await ask();
    await deps.prisma.user.delete({ where: { id: principal.userId } });
    expect(await readPasswordLink(deps, token)).toBeNull();
    await send();
    expect(smtp.messages).toHaveLength(1);
    expect(await deps.sql("SELECT 1 FROM mail_outbox")).toEqual([]);
  });

  it("is audited in every organization of its owner, who enters the oldest", async () => {
    const other = await createTestPrincipal(deps);
    const { userId, organizationId } = principal;
    const membership = { userId, role: "developer", createdAt: new Date(nowMs + 1) } as const;
    await deps.prisma.membership.create({
      data: { ...membership, organizationId: other.organizationId },
    });
    await expect(reset(await mailedToken())).resolves.toMatchObject({ organizationId });
    const actor = principal.actor;
    expect((await entries()).slice(2)).toEqual([
      { action: "account.password_reset", actor, organizationId },
      { action: "account.password_reset", actor, organizationId: other.organizationId },
      { action: "session.started", actor, organizationId },
    ]);
  });

  it("sets the password of somebody who is in no organization, whom it signs in nowhere", async () => {
    await deps.prisma.membership.deleteMany();
    await expect(reset(await mailedToken())).resolves.toBeNull();
    expect((await entries()).at(-1)).toMatchObject({
      action: "account.password_reset",
      organizationId: null,
    });
  });
});

it("tells of a password that was changed with the current one, too", async () => {
  await changePassword(deps, { ...principal, ...origin }, { currentPassword: password, newPassword: next });
  await send();
  expect(smtp.messages[0]).toMatchObject({ to: email, raw: expect.stringContaining("Firefox on Linux") });
});

it("gives somebody whom only a provider signs in a password, with which that is disconnected", async () => {
  await inviteMember(deps, principal, { email: "grace@example.com", role: "developer" });
  const identity = { provider: "github", subject: "7", firstName: "Grace", lastName: "Hopper" };
  const proven = { ...identity, verifiedEmail: "grace@example.com" };
  const entered = await signInWithProvider(deps, proven, null, origin);
  const { userId } = (entered as { claims: { userId: string } }).claims;
  const token = await mailedToken("grace@example.com");
  expect(smtp.messages[0]?.raw).toContain("Subject: Set a password on localhost:3000");
  expect(await readPasswordLink(deps, token)).toEqual({ email: "grace@example.com", hasPassword: false });
  await reset(token);
  expect(await deps.prisma.user.findUniqueOrThrow({ where: { id: userId } })).toMatchObject({
    hasPassword: true,
  });
  const grace = { ...principal, userId, email: "grace@example.com" };
  await disconnectProvider(deps, grace, { provider: "github", currentPassword: next });
  expect(await signInWithProvider(deps, proven, null, origin)).toEqual({ refusal: "has_account" });
});
