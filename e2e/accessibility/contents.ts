import { expect } from "@playwright/test";
import type { Client } from "pg";
import { decodeId } from "../../lib/domain/ids.ts";
import { startWebhookReceiver } from "../../lib/server/testing/webhook-receiver.ts";
import { Api } from "../fixtures/api.ts";
import { callAction } from "../fixtures/server-actions.ts";
import { makeBelongings, type Belongings } from "../security/tenants/belongings.ts";
import { makeMember, makeOrganization, type Organization } from "../security/tenants/people.ts";

/** An organization that has something to show on every page. */
export interface Contents {
  organization: Organization;
  /** Who may open every page: an admin who is the instance's operator as well. */
  cookie: string;
  belongings: Belongings;
  endpoints: Record<"failing" | "onProbation" | "validating", string>;
  /** An attempt that failed, with another to come. */
  failedAttemptId: string;
  /** The address that a guest was invited to. */
  invitationPath: string;
}

/** Longer than any place that it is shown in. */
const longName = "The Accessible and Extraordinarily Long-Named Society of Webhook Receivers and Friends";

export async function makeContents(database: Client, instanceUrl: string): Promise<Contents> {
  const organization = await makeOrganization(database, instanceUrl, longName);
  await database.query("UPDATE app_user SET is_operator = true WHERE email = $1", [organization.admin.email]);
  const mark = "sample";
  const belongings = await makeBelongings({ database, instanceUrl, organization, mark });
  await makeMember(database, instanceUrl, { organization: organization.uuid, role: "admin", name: "Grace" });
  return {
    organization,
    cookie: organization.admin.cookie,
    belongings,
    ...(await makeTroubles(database, new Api(instanceUrl, organization.key), belongings.eventType)),
    invitationPath: await invite(instanceUrl, organization.admin.cookie),
  };
}

/** Endpoints that want something of a person. Time is what most of them would need; it is written for them. */
async function makeTroubles(database: Client, api: Api, eventType: string) {
  const receiver = await startWebhookReceiver();
  const make = async (word: string): Promise<string> => {
    const url = `${receiver.url}/${word}`;
    const changes = {
      description: `Receives orders, ${word}${", and says so at length".repeat(8)}`,
      eventTypes: [eventType],
    };
    const { id } = await api.ok("POST", "/endpoints", { url, ...changes, retrySchedule: ["1h"] });
    return id;
  };
  const failing = await make("failing");
  const onProbation = await make("probation");
  const validating = await make("validating");
  await api.activate(failing);
  await api.activate(onProbation);
  receiver.answer = () => ({ status: 500, body: '{"error":"out of order"}' });
  await api.ok("POST", "/events", { eventType, data: { note: "Never arrives" } });
  await api.waitForEndpoint(failing, { failingSince: expect.any(String) });
  await api.waitForEndpoint(onProbation, { failingSince: expect.any(String) });
  await api.ok("PATCH", `/endpoints/${validating}`, { state: "active" });
  await expect.poll(async () => (await api.attempts(validating)).length).toBeGreaterThan(0);
  // Here the test is sent again every second, and the log would be full of it.
  await api.ok("PATCH", `/endpoints/${validating}`, { state: "disabled" });
  await database.query(
    `UPDATE endpoint SET status = 'probation', probation_since = now(), disables_at = now() + interval '2 days',
       status_reason = 'Every attempt has failed since yesterday.' WHERE id = $1`,
    [decodeId("ep", onProbation)],
  );
  await database.query(
    `UPDATE endpoint SET state = 'validating', state_since = created_at,
       validating_until = now() + interval '1 day' WHERE id = $1`,
    [decodeId("ep", validating)],
  );
  await receiver.close();
  const [attempt] = await api.attempts(failing, "&outcome=failed");
  return { endpoints: { failing, onProbation, validating }, failedAttemptId: String(attempt.id) };
}

async function invite(instanceUrl: string, cookie: string): Promise<string> {
  const form = { email: "newcomer@example.com", role: "developer" };
  const { result } = await callAction(instanceUrl, "inviteMemberAction", { form }, cookie);
  const { pathname, search } = new URL((result as { value: { link: string } }).value.link);
  return pathname + search;
}
