import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { sendDueMail } from "@/lib/server/mail/mail-sender";
import type { OutgoingMail } from "@/lib/server/mail/mailer";
import { MailFailure } from "@/lib/server/mail/mail-failure";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { acceptInvitation, readInvitation } from "./accept-invitation";
import { inviteMember, withdrawInvitation } from "./invite-member";
import { listMembers } from "./list-members";

const database = testDatabase();
const email = "grace@example.com";
const person = { firstName: "Grace", lastName: "Hopper", password: "difference engine" };
let deps: Deps;
let admin: Principal;
let now: Date;
let sent: OutgoingMail[];
let refuseWith: MailFailure | null;

beforeEach(async () => {
  now = new Date("2026-11-21T09:00:00Z");
  [sent, refuseWith] = [[], null];
  const plain = await createTestDeps(database().url, {}, { clock: () => now });
  deps = { ...plain, mailer: { send } };
  admin = await createTestPrincipal(deps, "admin");
});
afterEach(() => closeTestDeps(deps));

function send(mail: OutgoingMail): Promise<void> {
  sent.push(mail);
  return refuseWith ? Promise.reject(refuseWith) : Promise.resolve();
}

const invite = () => inviteMember(deps, admin, { email, role: "developer" });
const tokenIn = (text: string) => /\/invitation\?token=([\w-]{32})\b/.exec(text)?.[1] ?? "";
const mailOf = async () => (await listMembers(deps, admin)).invitations[0]?.mail;

describe("an invitation where there is a mail server", () => {
  it("is mailed with a link of its own, and either link accepts it, once", async () => {
    const { link, isMailed } = await invite();
    expect(isMailed).toBe(true);
    expect(await mailOf()).toEqual({ state: "waiting", lastError: null });
    expect(await sendDueMail(deps)).toBe(1);
    expect(await mailOf()).toEqual({ state: "sent", lastError: null });
    expect(sent[0]).toMatchObject({ recipient: email, secret: tokenIn(sent[0]?.html ?? "") });
    const [shown, mailed] = [tokenIn(link), tokenIn(sent[0]?.text ?? "")];
    expect(mailed).not.toBe(shown);
    for (const token of [shown, mailed]) expect(await readInvitation(deps, token)).toMatchObject({ email });
    await acceptInvitation(deps, { token: mailed, ...person }, null);
    for (const token of [shown, mailed]) expect(await readInvitation(deps, token)).toBeNull();
  });

  it("is in no table as it can be used", async () => {
    await invite();
    await sendDueMail(deps);
    const [{ dump = "" } = {}] = await deps.sql<{ dump: string }>(
      "SELECT (SELECT json_agg(m)::text FROM mail_outbox m) || (SELECT json_agg(i)::text FROM invitation i) AS dump",
    );
    expect(dump).toContain(email);
    expect(dump).not.toContain(tokenIn(sent[0]?.text ?? ""));
  });

  it("says when its mail does not arrive, and only the link of the last try works", async () => {
    refuseWith = new MailFailure("The server did not take it", false, true);
    await invite();
    await sendDueMail(deps);
    expect(await mailOf()).toEqual({ state: "waiting", lastError: "The server did not take it" });
    refuseWith = null;
    now = new Date(now.getTime() + 60_000);
    await sendDueMail(deps);
    const [first = "", second = ""] = sent.map(({ text }) => tokenIn(text));
    expect(await readInvitation(deps, first)).toBeNull();
    expect(await readInvitation(deps, second)).not.toBeNull();
  });

  it.each([
    ["withdrawn", 0, async (id: string) => withdrawInvitation(deps, admin, { id })],
    ["replaced", 1, async () => void (await invite())],
    ["too old", 0, async () => void (now = new Date(now.getTime() + 8 * 86_400_000))],
  ])("is not mailed any more when it is %s", async (_what, mailCount, end) => {
    await invite();
    const { invitations } = await listMembers(deps, admin);
    await end(invitations[0]?.id ?? "");
    await sendDueMail(deps);
    expect(sent).toHaveLength(mailCount);
  });

  it("does not fill a mailbox", async () => {
    for (let count = 0; count < 5; count += 1) await invite();
    await expect(invite()).rejects.toMatchObject({ status: 429 });
    now = new Date(now.getTime() + 3_600_000);
    await invite();
  });
});

it("is not mailed where there is no mail server", async () => {
  deps = { ...deps, mailer: null };
  expect(await invite()).toMatchObject({ isMailed: false });
  expect(await mailOf()).toBeNull();
});
