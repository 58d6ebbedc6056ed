import type { Client } from "pg";
import { encodeId, type IdPrefix } from "../../../lib/domain/ids.ts";
import { startWebhookReceiver } from "../../../lib/server/testing/webhook-receiver.ts";
import { waitUntil } from "../../../scripts/processes.mjs";
import { Api } from "../../fixtures/api.ts";
import { bookingForm } from "../../fixtures/meetings.ts";
import { callAction } from "../../fixtures/server-actions.ts";
import { makeKey, makeMember, type Organization } from "./people.ts";

/** One of everything that has an id, made the way a customer makes it. Ids are spelled as the API spells them. */
export interface Belongings {
  /** Active; it has received an event. */
  endpointId: string;
  /** Disabled by its receiver's 410, which an admin was told by mail. */
  goneEndpointId: string;
  /** Never used; to be deleted in the end. */
  spareEndpointId: string;
  eventId: string;
  deliveryId: string;
  attemptId: string;
  replayId: string;
  inboxId: string;
  inboxRequestId: string;
  /** In a developer's calendar; nothing has happened to it yet. */
  meetingId: string;
  noticeId: string;
  auditEntryId: string;
  /** Where a list of transitions goes on. */
  transitionCursor: string;
  keyId: string;
  memberId: string;
  /** A UUID: invitations have no public id. */
  invitationId: string;
  serviceAccountId: string;
  /** Without the mark: a domain that was asked for may be echoed. */
  domain: string;
  organizationId: string;
  /** Names are without the mark: a name that was asked for may be echoed. */
  eventType: string;
  /** Never used; to be deleted in the end. */
  spareEventType: string;
  /** Never used; others may have one of the same name. */
  twinEventType: string;
}

interface Making {
  database: Client;
  instanceUrl: string;
  organization: Organization;
  /** A text that stands in everything that is the organization's own. */
  mark: string;
}

/** Resolves when nothing of it moves any more: no delivery is under way and no mail waits. */
export async function makeBelongings(making: Making): Promise<Belongings> {
  const { organization, database, mark } = making;
  const eventTypes = await makeEventTypes(making);
  const sent = await makeDeliveries(making, eventTypes.eventType);
  const inbox = await makeInbox(making);
  const meetingId = await makeMeeting(making);
  await waitUntilQuiet(database, organization.uuid);
  const spare = await makeKey(database, organization.uuid, ["events:read"], `key ${mark}`);
  const member = { organization: organization.uuid, role: "developer", name: `spare ${mark}` } as const;
  return {
    ...sent,
    ...inbox,
    meetingId,
    ...eventTypes,
    noticeId: await newestId(making, "mail_outbox", "ntc"),
    auditEntryId: await newestId(making, "audit_entry", "aud"),
    keyId: spare.id,
    memberId: (await makeMember(database, making.instanceUrl, member)).userId,
    invitationId: await invite(making),
    ...(await configure(making)),
    organizationId: encodeId("org", organization.uuid),
  };
}

async function makeEventTypes({ instanceUrl, organization, mark }: Making) {
  const api = new Api(instanceUrl, organization.key);
  const make = async (word: string): Promise<string> => {
    const name = `t${organization.uuid.slice(-8)}.order.${word}`;
    const schema = { type: "object", title: mark };
    await api.ok("POST", "/event-types", { name, description: mark, schema, example: { note: mark } });
    return name;
  };
  return {
    eventType: await make("placed"),
    spareEventType: await make("spare"),
    twinEventType: await make("twin"),
  };
}

async function makeDeliveries({ instanceUrl, organization, mark }: Making, eventType: string) {
  const api = new Api(instanceUrl, organization.key);
  const receiver = await startWebhookReceiver(({ path, body }) => {
    const isGone = path.includes("gone") && !body.includes("developer.webhook.test");
    return { status: isGone ? 410 : 200, body: `answer ${mark}` };
  });
  const makeEndpoint = async (word: string): Promise<string> => {
    const description = `findable ${word} ${mark}`;
    const fixed = {
      eventTypes: [eventType],
      headers: { "x-own": mark },
      retrySchedule: [],
      onGone: "disable",
    };
    return (
      await api.ok("POST", "/endpoints", { url: `${receiver.url}/${word}/${mark}`, description, ...fixed })
    ).id;
  };
  const endpointId = await makeEndpoint("main");
  const goneEndpointId = await makeEndpoint("gone");
  const spareEndpointId = await makeEndpoint("spare");
  await api.activate(endpointId);
  await api.activate(goneEndpointId);
  const { eventId } = await api.ok("POST", "/events", { eventType, data: { note: mark } });
  await api.waitForEndpoint(goneEndpointId, { state: "disabled" });
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const { replayId } = await api.ok("POST", `/endpoints/${endpointId}/replay`, { since, scope: "all" });
  await waitUntil(
    async () => (await api.ok("GET", `/replays/${replayId}`)).state === "completed",
    10_000,
    50,
  );
  await receiver.close();
  const [attempt] = await api.attempts(endpointId);
  const transitions = await api.ok("GET", `/endpoints/${goneEndpointId}/transitions?limit=1`);
  return {
    endpointId,
    goneEndpointId,
    spareEndpointId,
    eventId: String(eventId),
    replayId: String(replayId),
    deliveryId: String(attempt.deliveryId),
    attemptId: String(attempt.id),
    transitionCursor: String(transitions.nextCursor),
  };
}

async function makeInbox(making: Making) {
  const { database, instanceUrl, organization, mark } = making;
  const form = { name: `inbox ${mark}` };
  const { redirect } = await callAction(
    instanceUrl,
    "createInboxAction",
    { form },
    organization.developer.cookie,
  );
  const inboxId = /inb_\w+/.exec(redirect ?? "")?.[0] ?? "";
  const { rows } = await database.query<{ id: string; token: string }>(
    "SELECT id, token FROM inbox WHERE organization_id = $1",
    [organization.uuid],
  );
  await fetch(`${instanceUrl}/in/${rows[0]?.token}`, { method: "POST", body: mark });
  const requests = await database.query<{ id: string }>("SELECT id FROM inbox_request WHERE inbox_id = $1", [
    rows[0]?.id,
  ]);
  return { inboxId, inboxRequestId: encodeId("ibr", requests.rows[0]?.id ?? "") };
}

async function makeMeeting(making: Making): Promise<string> {
  const { instanceUrl, organization, mark } = making;
  const { developer } = organization;
  const form = { ...bookingForm(developer.userId), inviteeName: mark, name: `meeting ${mark}`, topic: mark };
  const { redirect } = await callAction(instanceUrl, "bookMeetingAction", { form }, developer.cookie);
  const [id] = /mtg_\w+/.exec(redirect ?? "") ?? [];
  if (!id) throw new Error("No meeting was booked.");
  return id;
}

async function invite(making: Making): Promise<string> {
  const form = { email: `guest@${making.mark}.example`, role: "developer" };
  await callAction(making.instanceUrl, "inviteMemberAction", { form }, making.organization.admin.cookie);
  return newestUuid(making, "invitation");
}

async function configure(making: Making) {
  const { instanceUrl, organization, mark } = making;
  const act = (name: string, form: Record<string, string>) =>
    callAction(instanceUrl, name, { form }, organization.admin.cookie);
  const domain = `d${organization.uuid.slice(-8)}.example`;
  const address = `https://${mark}.example`;
  await act("changeOrganizationProfileAction", {
    companyName: `Owner ${mark}`,
    webAddress: address,
    logoUrl: address,
  });
  await act("addDomainAction", { domain });
  const credentials = { serverUrl: address, userName: mark, password: mark };
  await act("addServiceAccountAction", { type: "Exchange", name: mark, "domains[]": domain, ...credentials });
  return { serviceAccountId: await newestId(making, "service_account", "sva"), domain };
}

async function newestId(making: Making, table: string, prefix: IdPrefix): Promise<string> {
  return encodeId(prefix, await newestUuid(making, table));
}

async function newestUuid({ database, organization }: Making, table: string): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    `SELECT id FROM ${table} WHERE organization_id = $1 ORDER BY id DESC LIMIT 1`,
    [organization.uuid],
  );
  if (!rows[0]) throw new Error(`The organization has nothing in ${table}.`);
  return rows[0].id;
}

async function waitUntilQuiet(database: Client, organization: string): Promise<void> {
  const moving = async () => {
    const { rows } = await database.query<{ count: number }>(
      `SELECT (SELECT count(*) FROM delivery WHERE organization_id = $1 AND state IN ('pending', 'held'))
            + (SELECT count(*) FROM mail_outbox WHERE organization_id = $1 AND state = 'waiting') AS count`,
      [organization],
    );
    return Number(rows[0]?.count);
  };
  if (!(await waitUntil(async () => (await moving()) === 0, 20_000, 50)))
    throw new Error("The organization's deliveries and mails do not come to rest.");
}
