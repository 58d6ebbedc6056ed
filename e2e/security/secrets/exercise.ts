import type { Client } from "pg";
import { encodeId } from "../../../lib/domain/ids.ts";
import type { FormState } from "../../../lib/schemas/action-result.ts";
import { mailedTokens } from "../../../lib/server/testing/mailed-links.ts";
import type { SmtpReceiver } from "../../../lib/server/testing/smtp-receiver.ts";
import { startWebhookReceiver } from "../../../lib/server/testing/webhook-receiver.ts";
import { waitUntil } from "../../../scripts/processes.mjs";
import { Api } from "../../fixtures/api.ts";
import { callAction } from "../../fixtures/server-actions.ts";
import type { Organization } from "../tenants/people.ts";
import type { Corpus, plantInRequests } from "./planted.ts";

export interface Exercise {
  instanceUrl: string;
  database: Client;
  organization: Organization;
  planted: ReturnType<typeof plantInRequests>;
  corpus: Corpus;
  /** What the instance has printed. */
  output: () => string;
}

/** Deliveries that fail in every way, with all secrets in use; returns the endpoint and what signs for it. */
export async function failDeliveries({ instanceUrl, organization, planted }: Exercise) {
  const api = new Api(instanceUrl, organization.key);
  const receiver = await startWebhookReceiver(({ body }, earlier) => {
    if (body.includes("developer.webhook.test")) return { status: 200 };
    return earlier % 2 === 0 ? { status: 500, body: "no" } : "never";
  });
  const { id } = await api.ok("POST", "/endpoints", {
    url: `${receiver.url}?token=${planted.urlQuery}`,
    headers: { "x-secret": planted.headerValue },
    eventTypes: ["scheduling.*"],
    timeoutSeconds: 1,
    failurePolicy: { preset: "streak", warnFailures: 1, disableConsecutive: 4 },
  });
  const { secret: first } = await api.ok("GET", `/endpoints/${id}/secret`);
  const { secret: second } = await api.ok("POST", `/endpoints/${id}/secret/rotate`, {});
  await api.activate(id);
  // Two tries each: four failures in a row disable it, which is told by mail.
  await api.publish();
  await api.publish();
  await api.waitForEndpoint(id, { state: "disabled" });
  const received = [...receiver.requests];
  await receiver.close();
  const test = await api.ok("POST", `/endpoints/${id}/test`, {});
  return {
    endpointId: String(id),
    received,
    test,
    secrets: { first: String(first), second: String(second) },
  };
}

/** Service accounts that are added, changed and refused; what is answered joins the corpus. */
export async function keepServiceAccounts({
  instanceUrl,
  database,
  organization,
  planted,
  corpus,
}: Exercise): Promise<void> {
  const save = async (action: string, form: Record<string, string>) => {
    const answer = await callAction(instanceUrl, action, { form }, organization.admin.cookie);
    corpus.add(`the answer of ${action} with ${form["type"]}`, answer.text);
    return (answer.result as FormState).result.ok;
  };
  const keyFile = {
    type: "service_account",
    client_email: "sync@example.com",
    private_key: planted.accountKey,
  };
  const google = { type: "Google", name: "Planted calendar", keyFile: JSON.stringify(keyFile) };
  const exchange = { type: "Exchange", name: "Planted rooms", userName: planted.accountUser };
  const whole = { ...exchange, serverUrl: "https://mail.example", password: planted.accountPassword };
  const saved = [await save("addServiceAccountAction", google), await save("addServiceAccountAction", whole)];
  const { rows } = await database.query<{ id: string }>(
    "SELECT id FROM service_account WHERE name = 'Planted rooms' AND organization_id = $1",
    [organization.uuid],
  );
  const id = encodeId("sva", rows[0]?.id ?? "");
  saved.push(await save("editServiceAccountAction", { ...whole, id, name: "Planted mailboxes" }));
  const refused = [
    await save("addServiceAccountAction", {
      ...google,
      keyFile: `{"private_key":"${planted.refusedCredential}`,
    }),
    await save("addServiceAccountAction", { ...whole, password: `${planted.refusedCredential}\n` }),
    await save("addServiceAccountAction", {
      ...whole,
      serverUrl: `https://u:${planted.refusedCredential}@x.example`,
    }),
    await save("addServiceAccountAction", { ...exchange, password: planted.refusedCredential }),
    await save("editServiceAccountAction", { ...google, id, keyFile: planted.refusedCredential }),
  ];
  if (saved.includes(false)) throw new Error("A service account was refused.");
  if (refused.includes(true)) throw new Error("A service account was not refused.");
}

/** A link to set a password, from the mail with it to a refused password; returns its token. */
export async function openPasswordLink(
  { instanceUrl, organization, corpus }: Exercise,
  mails: SmtpReceiver,
): Promise<string> {
  const { email } = organization.developer;
  const asked = await callAction(instanceUrl, "requestPasswordLinkAction", { form: { email } });
  corpus.add("the answer to a forgotten password", asked.text);
  const tokens = () => mailedTokens(mails, email);
  if (!(await waitUntil(() => Promise.resolve(tokens().length > 0), 15_000, 50)))
    throw new Error("No link was mailed.");
  const [token = ""] = tokens();
  const page = await fetch(`${instanceUrl}/reset-password?token=${token}`);
  corpus.add(`/reset-password with its token (${page.status})`, await page.text());
  const refused = await callAction(instanceUrl, "resetPasswordAction", {
    form: { token, password: "short" },
  });
  corpus.add("the answer to a refused new password", refused.text);
  return token;
}

/** And its use. */
export async function setPasswordByLink(
  { instanceUrl, planted, corpus }: Exercise,
  token: string,
): Promise<void> {
  const form = { token, password: planted.newPassword };
  const answer = await callAction(instanceUrl, "resetPasswordAction", { form });
  corpus.add("the answer to a new password", answer.text);
  if (answer.redirect === null) throw new Error(`The password was not set: ${answer.text}`);
}

/** Requests that are refused, at every level; their answers join the corpus. */
export async function refuseRequests({
  instanceUrl,
  organization,
  planted,
  corpus,
}: Exercise): Promise<void> {
  const send = async (expected: number, method: string, path: string, init: RequestInit) => {
    const response = await fetch(instanceUrl + path, { method, ...init });
    corpus.add(`the answer ${response.status} to ${method} ${path.split("?")[0]}`, await response.text());
    if (response.status !== expected)
      throw new Error(`${method} ${path}: ${response.status}, not ${expected}`);
  };
  const headers = { authorization: `Bearer ${organization.key}`, "content-type": "application/json" };
  const endpoint = { url: "http://127.0.0.1:8009/hook", eventTypes: ["*"] };
  const post = (expected: number, path: string, body: unknown) =>
    send(expected, "POST", `/api/v1${path}`, {
      headers,
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  await post(400, "/events", `{"eventType": "${planted.brokenJson}`);
  await post(422, "/endpoints", { ...endpoint, headers: { "x-secret": `${planted.refusedHeaderValue}\n` } });
  await post(422, "/endpoints", { ...endpoint, headers: { host: planted.refusedHeaderValue } });
  await post(422, "/endpoints", { ...endpoint, url: `http://user:${planted.urlPassword}@127.0.0.1:8009/` });
  await post(404, "/endpoints/nothing/secret/rotate", {});
  await send(404, "GET", `/api/v1/endpoints/nothing?key=${planted.misplacedKey}`, { headers });
  await send(401, "GET", "/api/v1/endpoints", { headers: { authorization: `Bearer ${planted.unknownKey}` } });
  await send(401, "GET", "/api/v1/endpoints", { headers: { authorization: planted.misplacedKey } });
  await send(401, "POST", "/api/worker", { headers: { authorization: `Bearer ${planted.unknownKey}` } });
  await send(401, "GET", "/metrics", { headers: { authorization: `Bearer ${planted.unknownKey}` } });
  const type = { name: "a.b", description: "", schema: { type: "object" }, example: {} };
  await post(201, "/event-types", type);
  await post(409, "/event-types", type);
  const form = { email: organization.admin.email, password: planted.wrongPassword, next: "/" };
  const signIn = await callAction(instanceUrl, "signInAction", { form });
  corpus.add("the answer to a wrong password", signIn.text);
  const change = { currentPassword: planted.wrongPassword, newPassword: planted.newPassword };
  const password = await callAction(
    instanceUrl,
    "changePasswordAction",
    { form: change },
    organization.admin.cookie,
  );
  corpus.add("the answer to a refused change of password", password.text);
}

/** While some tables are away, requests and the worker fail inside: answers of 500, and stacks in the log. */
export async function breakInside(
  { instanceUrl, database, organization, corpus, output }: Exercise,
  addresses: readonly string[],
): Promise<void> {
  const { cookie } = organization.admin;
  const api = new Api(instanceUrl, organization.key);
  const receiver = await startWebhookReceiver();
  const endpoint = await api.createEndpoint(receiver.url);
  await api.activate(endpoint.id);
  const away = ["inbox", "endpoint_secret", "attempt", "password_link"];
  for (const table of away) await database.query(`ALTER TABLE ${table} RENAME TO ${table}_away`);
  try {
    for (const path of addresses) {
      const response = await fetch(instanceUrl + path, { headers: { cookie } });
      corpus.add(`the answer ${response.status} to ${path} while tables are away`, await response.text());
    }
    const secret = await api.call("GET", `/endpoints/${endpoint.id}/secret`);
    corpus.add(
      `the answer ${secret.status} of the secret when its table is away`,
      JSON.stringify(secret.body),
    );
    const from = output().length;
    await api.publish();
    const workerFails = () => /relation \W*attempt\W* does not exist/.test(output().slice(from));
    if (!(await waitUntil(() => Promise.resolve(workerFails()), 10_000, 50)))
      throw new Error("The worker did not notice that it cannot record.");
  } finally {
    for (const table of away) await database.query(`ALTER TABLE ${table}_away RENAME TO ${table}`);
    await receiver.close();
  }
}
