import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditAction } from "@/lib/domain/audit-actions";
import { decodeId, encodeId } from "@/lib/domain/ids";
import { EndpointIn, EndpointPatch } from "@/lib/schemas/endpoint";
import { BookingIn } from "@/lib/schemas/meeting";
import { ReplayIn } from "@/lib/schemas/replay";
import { hashPassword } from "@/lib/server/auth/password";
import { insertIdentity } from "@/lib/server/db/external-identities";
import { insertMails } from "@/lib/server/db/mail-outbox";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { fanOut } from "@/lib/server/delivery/fan-out";
import type { Deps } from "@/lib/server/deps";
import { issuePasswordLink } from "@/lib/server/issue-password-link";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { acceptInvitation, joinOrganization } from "./accept-invitation";
import { activateEndpoint } from "./activate-endpoint";
import { bookMeeting } from "./book-meeting";
import { cancelMeeting } from "./cancel-meeting";
import { changePassword, changeProfile, disconnectProvider, signOutEverywhere } from "./change-account";
import { changeMemberRole, removeMember } from "./change-member";
import { addOrganizationDomain, removeOrganizationDomain } from "./change-organization-domains";
import { changeOrganizationProfile } from "./change-organization-profile";
import { changeOrganizationSettings } from "./change-organization-settings";
import { addServiceAccount, editServiceAccount, removeServiceAccount } from "./change-service-account";
import { clearInbox } from "./clear-inbox";
import { createApiKey } from "./create-api-key";
import { createEndpoint } from "./create-endpoint";
import { createEventType } from "./create-event-type";
import { createInbox } from "./create-inbox";
import { createInboxEndpoint } from "./create-inbox-endpoint";
import { deleteEndpoint } from "./delete-endpoint";
import { deleteEventType } from "./delete-event-type";
import { deleteInbox } from "./delete-inbox";
import { disableEndpoint } from "./disable-endpoint";
import { cancelReplay } from "./get-replay";
import { healDeliveries } from "./heal-deliveries";
import { inviteMember, withdrawInvitation } from "./invite-member";
import { updateNoticePreferences } from "./notice-preferences";
import { publishEventDraft } from "./publish-event-draft";
import { getCalendar } from "./meeting-calendar";
import { updateMeetingPreferences } from "./meeting-preferences";
import { moveMeeting } from "./move-meeting";
import { resetPassword } from "./reset-password";
import { retryDelivery } from "./retry-delivery";
import { retryNotice } from "./retry-notice";
import { reviewEndpoints } from "./review-endpoints";
import { revokeApiKey } from "./revoke-api-key";
import { rotateSecret } from "./rotate-secret";
import { setInboxBehavior } from "./set-inbox-behavior";
import { renewSetupToken, setUpInstance } from "./set-up-instance";
import { showSecret } from "./show-secret";
import { signIn } from "./sign-in";
import { signInWithProvider } from "./sign-in-with-provider";
import { signOut } from "./sign-out";
import { startReplay } from "./start-replay";
import { switchOrganization } from "./switch-organization";
import { testEndpoint } from "./test-endpoint";
import { installAuditGuard } from "./testing/audit-guard";
import { changingUseCases } from "./testing/changing-functions";
import { updateEndpoint } from "./update-endpoint";
import { updateEventType } from "./update-event-type";

const database = testDatabase({ per: "file" });
const origin = { address: "203.0.113.9", userAgent: "Check/1.0" };
const password = "correct horse battery";
const url = "http://127.0.0.1:65000/hook";
let deps: Deps;
let admin: Principal & { userId: string; email: string };
let arm: (isArmed: boolean) => Promise<void>;
let lastNumber = 0;

beforeAll(async () => {
  deps = await createTestDeps(database().url, {
    SMTP_URL: "smtp://127.0.0.1:9",
    MAIL_FROM: "posthorn@example.com",
  });
  arm = await installAuditGuard(database());
});
afterAll(() => closeTestDeps(deps));

const number = () => (lastNumber += 1);
const newEmail = () => `person.${number()}@example.com`;
const endpoint = async (state: "active" | "disabled" = "active") =>
  (await createTestEndpoint(deps, admin.organizationId, url, { state })).id;
const inbox = async () => decodeId("inb", (await createInbox(deps, admin, { name: "Inbox" })).id) ?? "";
const type = () => ({ name: `shop.type_${number()}`, description: "A type", schema: {}, example: {} });

async function invitation(email = newEmail()): Promise<string> {
  const { link } = await inviteMember(deps, admin, { email, role: "developer" });
  return new URL(link).searchParams.get("token") ?? "";
}

const person = { firstName: "Grace", lastName: "Hopper", password };
const member = async () =>
  (await acceptInvitation(deps, { token: await invitation(), ...person }, null)).userId;

const credentials = {
  serverUrl: "https://mail.example",
  userName: "planted-secret",
  password: "planted-secret",
};
const account = { type: "Exchange" as const, name: "Rooms", domains: [], credentials };

async function serviceAccount(): Promise<string> {
  await addServiceAccount(deps, admin, account);
  const [newest] = await deps.sql<{ id: string }>("SELECT id FROM service_account ORDER BY id DESC LIMIT 1");
  return newest?.id ?? "";
}

async function delivered(): Promise<string> {
  const id = await endpoint();
  const event = { eventType: "shop.ordered", eventTimestamp: deps.clock(), data: {}, dataText: "{}" };
  await fanOut(deps, deps.sql, admin.organizationId, [event]);
  const [row] = await deps.sql<{ id: string }>(
    "UPDATE delivery SET state = 'exhausted', finished_at = now() WHERE endpoint_id = $1::uuid RETURNING id",
    [id],
  );
  return row!.id;
}

async function mail(): Promise<string> {
  const id = deps.newId();
  const content = {
    recipient: "ada@example.com",
    subject: "Disabled",
    html: "",
    text: "",
    createdAt: deps.clock(),
  };
  const about = { organizationId: admin.organizationId, endpointId: await endpoint() };
  await insertMails(deps.sql, [{ id, ...about, ...content, kind: "disabled", state: "kept" }]);
  return id;
}

async function replay(): Promise<string> {
  const input = ReplayIn.parse({ since: "2026-01-01T00:00:00Z", scope: "missed" });
  return decodeId("rpl", (await startReplay(deps, admin, await endpoint(), input)).replayId) ?? "";
}

/** The first free times of the admin's own calendar. */
async function freeTimes(): Promise<Date[]> {
  const { days } = await getCalendar(deps, admin, admin.userId);
  return days.flatMap(({ slots }) => slots.map(({ start }) => new Date(start)));
}

async function booking(): Promise<BookingIn> {
  const [first] = await freeTimes();
  const invitee = { inviteeName: "Priya Raman", inviteeEmail: "priya@example.com" };
  const start = first?.toISOString();
  return BookingIn.parse({ with: encodeId("usr", admin.userId), start, ...invitee, name: "Review" });
}

const meeting = async () => decodeId("mtg", (await bookMeeting(deps, admin, await booking())).id) ?? "";

/** Arranges, and returns what is to be audited. */
type Case = { actions: AuditAction[]; arrange: () => Promise<() => Promise<unknown>> };
const audits = (actions: AuditAction | AuditAction[], arrange: Case["arrange"]): Case => ({
  actions: [actions].flat(),
  arrange,
});
/** Someone who is no user yet, or the system: the entry names another actor than `admin`. */
const byOthers = new Set(["accept-invitation", "set-up-instance", "sign-in", "sign-in-with-provider"]);

const cases: Record<string, Case> = {
  "accept-invitation#acceptInvitation": audits("member.joined", async () => {
    const token = await invitation();
    return () => acceptInvitation(deps, { token, ...person }, origin);
  }),
  "accept-invitation#joinOrganization": audits("member.joined", async () => {
    const user = await deps.prisma.user.findUniqueOrThrow({ where: { id: await member() } });
    await deps.prisma.membership.deleteMany({ where: { userId: user.id } });
    const token = await invitation(user.email);
    return () => joinOrganization(deps, { token, password }, origin);
  }),
  "activate-endpoint#activateEndpoint": audits("endpoint.activated", async () => {
    const id = await endpoint("disabled");
    return () => activateEndpoint(deps, admin, id);
  }),
  "book-meeting#bookMeeting": audits("meeting.scheduled", async () => {
    const input = await booking();
    return () => bookMeeting(deps, admin, input);
  }),
  "cancel-meeting#cancelMeeting": audits("meeting.canceled", async () => {
    const id = await meeting();
    return () => cancelMeeting(deps, admin, { id });
  }),
  "change-account#changePassword": audits("account.password_changed", async () => {
    const passwordHash = await hashPassword(password);
    await deps.prisma.user.update({ where: { id: admin.userId }, data: { passwordHash } });
    return () => changePassword(deps, admin, { currentPassword: password, newPassword: `${password} 2` });
  }),
  "change-account#changeProfile": audits("account.renamed", async () => {
    return () => changeProfile(deps, admin, { firstName: "Ada", lastName: "Lovelace" });
  }),
  "change-account#disconnectProvider": audits("account.disconnected", async () => {
    const passwordHash = await hashPassword(password);
    await deps.prisma.user.update({ where: { id: admin.userId }, data: { passwordHash } });
    await insertIdentity(deps.sql, { provider: "github", subject: "1" }, admin.userId, deps.clock());
    return () => disconnectProvider(deps, admin, { provider: "github", currentPassword: password });
  }),
  "change-account#signOutEverywhere": audits("account.signed_out_everywhere", async () => {
    return () => signOutEverywhere(deps, admin);
  }),
  "change-member#changeMemberRole": audits("member.role_changed", async () => {
    const userId = await member();
    return () => changeMemberRole(deps, admin, { userId, role: "admin" });
  }),
  "change-member#removeMember": audits("member.removed", async () => {
    const userId = await member();
    return () => removeMember(deps, admin, { userId });
  }),
  "change-organization-domains#addOrganizationDomain": audits("organization.domains_changed", async () => {
    return () => addOrganizationDomain(deps, admin, { domain: "example.com" });
  }),
  "change-organization-domains#removeOrganizationDomain": audits("organization.domains_changed", async () => {
    await addOrganizationDomain(deps, admin, { domain: "example.com" });
    return () => removeOrganizationDomain(deps, admin, { domain: "example.com" });
  }),
  "change-organization-profile#changeOrganizationProfile": audits(
    "organization.profile_changed",
    async () => {
      const profile = { companyName: "Another name", webAddress: "", logoUrl: "" };
      return () => changeOrganizationProfile(deps, admin, profile);
    },
  ),
  "change-organization-settings#changeOrganizationSettings": audits(
    ["organization.setting_changed", "organization.setting_changed"],
    async () => {
      const meetingLength = { value: "45", allowUserOverride: true };
      const location = { value: "", allowUserOverride: false };
      return () => changeOrganizationSettings(deps, admin, { meetingLength, location });
    },
  ),
  "change-service-account#addServiceAccount": audits("service_account.created", async () => {
    return () => addServiceAccount(deps, admin, account);
  }),
  "change-service-account#editServiceAccount": audits("service_account.changed", async () => {
    const id = await serviceAccount();
    const credentials = { password: "planted-secret 2" };
    return () => editServiceAccount(deps, admin, { ...account, id, credentials });
  }),
  "change-service-account#removeServiceAccount": audits("service_account.deleted", async () => {
    const id = await serviceAccount();
    return () => removeServiceAccount(deps, admin, { id });
  }),
  "clear-inbox#clearInbox": audits("inbox.cleared", async () => {
    const id = await inbox();
    return () => clearInbox(deps, admin, id);
  }),
  "create-api-key#createApiKey": audits("api_key.created", async () => {
    return () => createApiKey(deps, admin, { name: "Shop", scopes: ["events:write"] });
  }),
  "create-endpoint#createEndpoint": audits("endpoint.created", async () => {
    return () => createEndpoint(deps, admin, EndpointIn.parse({ url, eventTypes: ["*"] }));
  }),
  "create-event-type#createEventType": audits("event_type.created", async () => {
    return () => createEventType(deps, admin, type());
  }),
  "create-inbox#createInbox": audits("inbox.created", async () => {
    return () => createInbox(deps, admin, { name: "Inbox" });
  }),
  "create-inbox-endpoint#createInboxEndpoint": audits(["inbox.created", "endpoint.created"], async () => {
    return () => createInboxEndpoint(deps, admin, { name: "Inbox", eventTypes: ["*"] });
  }),
  "delete-endpoint#deleteEndpoint": audits("endpoint.deleted", async () => {
    const id = await endpoint();
    return () => deleteEndpoint(deps, admin, id);
  }),
  "delete-event-type#deleteEventType": audits("event_type.deleted", async () => {
    const { name } = await createEventType(deps, admin, type());
    return () => deleteEventType(deps, admin, name);
  }),
  "delete-inbox#deleteInbox": audits("inbox.deleted", async () => {
    const id = await inbox();
    return () => deleteInbox(deps, admin, id);
  }),
  "disable-endpoint#disableEndpoint": audits("endpoint.disabled", async () => {
    const id = await endpoint();
    return () => disableEndpoint(deps, admin, id);
  }),
  "get-replay#cancelReplay": audits("endpoint.replay_canceled", async () => {
    const id = await replay();
    return () => cancelReplay(deps, admin, id);
  }),
  "heal-deliveries#healDeliveries": audits("instance.deliveries_healed", async () => {
    return () => healDeliveries(deps, { ...admin, isOperator: true });
  }),
  "invite-member#inviteMember": audits("invitation.created", async () => {
    return () => inviteMember(deps, admin, { email: newEmail(), role: "developer" });
  }),
  "invite-member#withdrawInvitation": audits("invitation.withdrawn", async () => {
    await invitation();
    const { id } = await deps.prisma.invitation.findFirstOrThrow({ orderBy: { id: "desc" } });
    return () => withdrawInvitation(deps, admin, { id });
  }),
  "meeting-preferences#updateMeetingPreferences": audits("member.calendar_changed", async () => {
    return () => updateMeetingPreferences(deps, admin, { meetingLength: "45" });
  }),
  "move-meeting#moveMeeting": audits("meeting.rescheduled", async () => {
    const id = await meeting();
    const [start] = await freeTimes();
    return () => moveMeeting(deps, admin, { id, start: start! });
  }),
  "notice-preferences#updateNoticePreferences": audits("member.notifications_changed", async () => {
    return () => updateNoticePreferences(deps, admin, ["disabled"]);
  }),
  "publish-event-draft#publishEventDraft": audits("event.published", async () => {
    const { name: eventType } = await createEventType(deps, admin, type());
    return () => publishEventDraft(deps, admin, { eventType, dataText: "{}", idempotencyKey: "" });
  }),
  "reset-password#resetPassword": audits(["account.password_reset", "session.started"], async () => {
    const holder = { id: admin.userId, email: admin.email, hasPassword: true };
    const { token } = await issuePasswordLink(deps.sql, {
      ...{ holder, now: deps.clock(), entry: null, newId: deps.newId },
    });
    return () => resetPassword(deps, { token, password }, origin);
  }),
  "retry-delivery#retryDelivery": audits("delivery.retried", async () => {
    const id = await delivered();
    return () => retryDelivery(deps, admin, id);
  }),
  "retry-notice#retryNotice": audits("notification.retried", async () => {
    const id = await mail();
    return () => retryNotice(deps, admin, id);
  }),
  "review-endpoints#reviewEndpoints": audits(
    ["endpoint.marked_as_seen", "endpoint.marked_as_seen"],
    async () => {
      const endpointIds = [await endpoint(), await endpoint()];
      return () => reviewEndpoints(deps, admin, { endpointIds, action: "seen", note: "Known", all: false });
    },
  ),
  "revoke-api-key#revokeApiKey": audits("api_key.revoked", async () => {
    await createApiKey(deps, admin, { name: "Old", scopes: ["admin"] });
    const { id } = await deps.prisma.apiKey.findFirstOrThrow({ orderBy: { id: "desc" } });
    return () => revokeApiKey(deps, admin, { id });
  }),
  "rotate-secret#rotateSecret": audits("endpoint.secret_rotated", async () => {
    const id = await endpoint();
    return () => rotateSecret(deps, admin, id, { overlapSeconds: 60 });
  }),
  "set-inbox-behavior#setInboxBehavior": audits("inbox.behavior_changed", async () => {
    const id = await inbox();
    return () => setInboxBehavior(deps, admin, id, "fail");
  }),
  "set-up-instance#renewSetupToken": audits("instance.setup_link_made", async () => {
    return () => renewSetupToken(deps);
  }),
  "set-up-instance#setUpInstance": audits("organization.created", async () => {
    await deps.prisma.membership.deleteMany();
    await deps.prisma.user.deleteMany();
    const token = await renewSetupToken(deps);
    const input = { token, organizationName: "First", email: newEmail(), ...person };
    return () => setUpInstance(deps, input, origin);
  }),
  "show-secret#showSecret": audits("endpoint.secret_shown", async () => {
    const id = await endpoint();
    return () => showSecret(deps, admin, id);
  }),
  "sign-in#signIn": audits("session.started", async () => {
    const { email } = await deps.prisma.user.findUniqueOrThrow({ where: { id: await member() } });
    return () => signIn(deps, { email, password, ...origin });
  }),
  "sign-in-with-provider#signInWithProvider": audits(
    ["member.joined", "session.started", "account.connected"],
    async () => {
      const email = newEmail();
      await invitation(email);
      const proven = { provider: "github", subject: email, verifiedEmail: email };
      const identity = { ...proven, firstName: "Grace", lastName: "Hopper" };
      return () => signInWithProvider(deps, identity, null, origin);
    },
  ),
  "sign-out#signOut": audits("session.ended", async () => {
    const { userId, organizationId } = admin;
    const claims = { userId, organizationId, sessionVersion: 1 };
    const session = { claims, sessionId: randomUUID(), expiresAt: new Date(Date.now() + 60_000) };
    return () => signOut(deps, session, origin);
  }),
  "start-replay#startReplay": audits("endpoint.replay_started", async () => {
    const id = await endpoint();
    const input = ReplayIn.parse({ since: "2026-01-01T00:00:00Z", scope: "missed" });
    return () => startReplay(deps, admin, id, input);
  }),
  "switch-organization#switchOrganization": audits("session.organization_switched", async () => {
    const other = await createTestPrincipal(deps);
    const createdAt = deps.clock();
    const { organizationId } = other;
    await deps.prisma.membership.create({
      data: { organizationId, userId: admin.userId, role: "developer", createdAt },
    });
    return () => switchOrganization(deps, admin, { id: organizationId });
  }),
  "test-endpoint#testEndpoint": audits("endpoint.tested", async () => {
    const id = await endpoint();
    return () => testEndpoint(deps, admin, id, {});
  }),
  "update-endpoint#updateEndpoint": audits("endpoint.updated", async () => {
    const id = await endpoint();
    const patch = EndpointPatch.parse({ description: "Changed", headers: { "x-token": "planted-secret" } });
    return () => updateEndpoint(deps, admin, id, patch);
  }),
  "update-event-type#updateEventType": audits("event_type.changed", async () => {
    const { name } = await createEventType(deps, admin, type());
    return () => updateEventType(deps, admin, name, { deprecated: true });
  }),
};

/** What changes something and has no entry of its own. */
const exempt: Record<string, string> = {
  "change-meeting#changeMeeting": "a part of bookMeeting, moveMeeting and cancelMeeting",
  "change-configuration#changeConfiguration": "a part of what changes the organization's configuration",
  "create-first-admin#createFirstAdmin": "a part of setUpInstance and of the bootstrap",
  "drain-due#drain": "the engine: deliveries have attempts, endpoints have transitions",
  "drain-due#drainDue": "the same over HTTP",
  "endpoint-columns#changedColumns": "computes only",
  "enter-account#enterAccount": "a part of signInWithProvider and resetPassword",
  "follow-new-password#followNewPassword": "a part of changePassword and resetPassword",
  "publish-event#publishEvent": "an event is its own record, and there are thousands a second",
  "publish-events#publishEvents": "the same for a batch",
  "receive-inbox-request#receiveInboxRequest": "what arrives at a test inbox is its own record",
  "request-password-link#requestPasswordLink":
    "the entry is written with the link, by whoever sends the mail",
  "show-secret#openSecrets": "a part of showSecret and rotateSecret",
};

it("has a case here for every use-case that changes something or shows a secret", () => {
  const known = [...Object.keys(cases), ...Object.keys(exempt)];
  // Changes nothing but the session's cookie.
  const found = [...changingUseCases(), "switch-organization#switchOrganization"];
  expect(found.toSorted()).toEqual(known.toSorted());
});

describe("is audited in the transaction of its change", () => {
  it.each(Object.entries(cases))("%s", async (name, { actions, arrange }) => {
    const made = await createTestPrincipal(deps);
    admin = { ...made, ...origin, userId: made.userId ?? "", email: made.actorLabel };
    const run = await arrange();
    const known = new Set(
      (await deps.prisma.auditEntry.findMany({ select: { id: true } })).map(({ id }) => id),
    );
    await arm(true);
    try {
      await run();
    } finally {
      await arm(false);
    }
    const entries = (await deps.prisma.auditEntry.findMany({ orderBy: { id: "asc" } })).filter(
      ({ id }) => !known.has(id),
    );
    expect(entries.map(({ action }) => action)).toEqual(actions);
    for (const entry of entries) {
      if (!byOthers.has(name.split("#")[0] ?? "")) expect(entry.actor).toBe(admin.actor);
      if (!name.endsWith("renewSetupToken")) expect(entry).toMatchObject(origin);
      else expect(entry).toMatchObject({ actor: "system", organizationId: null });
    }
  });
});

it("is stored with an event, a test and a retry, or not at all", async () => {
  const shared = async (table: string) =>
    (await database().query(`SELECT 1 FROM ${table} t JOIN audit_entry a ON a.xmin = t.xmin LIMIT 1`)).length;
  expect(await shared("event")).toBe(1);
  expect(await shared("delivery")).toBe(1);
});

it("keeps no secret", async () => {
  const rows = JSON.stringify(await deps.prisma.auditEntry.findMany());
  expect(rows).toContain("headerValues");
  for (const secret of ["planted-secret", "whsec_", "phk_", password, "$argon2", "v1."]) {
    // A key's beginning is what it is recognised by.
    expect(rows.replaceAll(/"prefix":"[^"]{12}"/g, "")).not.toContain(secret);
  }
});

it("tells what was before and after", async () => {
  const id = await endpoint();
  await updateEndpoint(deps, admin, id, EndpointPatch.parse({ description: "After" }));
  const entry = await deps.prisma.auditEntry.findFirstOrThrow({ where: { target: encodeId("ep", id) } });
  expect(entry).toMatchObject({ before: { description: "" }, after: { description: "After" } });
});
