import type { Client } from "pg";
import type { ActionResult, FormState } from "../../../lib/schemas/action-result.ts";
import type { PasswordLinkAsked } from "../../../lib/schemas/password-link.ts";
import { Api } from "../../fixtures/api.ts";
import { bookingForm } from "../../fixtures/meetings.ts";
import { schedulingForm } from "../../fixtures/scheduling-form.ts";
import { callAction, type ActionInput } from "../../fixtures/server-actions.ts";
import type { Organization } from "../tenants/people.ts";
import { hostileTexts, type HostileText } from "./strings.ts";

/** What became of a text that was entered: kept as it is, or refused by the name of its field. */
export type Outcome = { kept: string } | { refusedAt: string };

export interface Site {
  instanceUrl: string;
  database: Client;
  organization: Organization;
  /** An endpoint whose settings may be changed at will. */
  endpointId: string;
  eventType: string;
}

type Field = (site: Site, text: string) => Promise<Outcome>;

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

/** Sends a text to the API and reads it back where it is shown. */
function viaApi(
  request: (text: string, site: Site) => [method: string, path: string, body: unknown],
  readBack: (answer: Json, api: Api) => Promise<string> | string,
): Field {
  return async (site, text) => {
    const api = new Api(site.instanceUrl, site.organization.key);
    const { status, body } = await api.call(...request(text, site));
    if (status < 300) return { kept: await readBack(body, api) };
    const [first] = (body?.errors ?? []) as { path: string }[];
    if (status !== 422 || !first) throw new Error(`${status}: ${JSON.stringify(body)}`);
    return { refusedAt: first.path };
  };
}

/** Sends a text through a server action and reads it back where it is stored, by a query over the organization. */
function viaAction(
  name: string,
  input: (text: string, site: Site) => ActionInput,
  query: string,
  read: (kept: string) => string = (kept) => kept,
): Field {
  return async (site, text) => {
    const answer = await callAction(
      site.instanceUrl,
      name,
      input(text, site),
      site.organization.admin.cookie,
    );
    // Some forms are given back what was entered, beside what came of it.
    const given = answer.result as ActionResult | FormState | undefined;
    const result = given && "result" in given ? given.result : given;
    if (answer.redirect !== null || result?.ok === true) {
      const { rows } = await site.database.query<{ kept: string }>(query, [site.organization.uuid]);
      return { kept: read(rows[0]?.kept ?? "") };
    }
    const first = result?.ok === false ? result.errors[0] : undefined;
    if (!first) throw new Error(`${answer.status}: ${answer.text.slice(0, 300)}`);
    return { refusedAt: first.path };
  };
}

let bookedCount = 0;

/** A text in the booking form, in one's own calendar; each time that is tried is another one. */
function viaBooking(field: string, column: string): { path: RegExp; enter: Field } {
  return {
    path: new RegExp(`^${field}$`),
    enter: viaAction(
      "bookMeetingAction",
      (text, { organization }) => ({
        form: { ...bookingForm(organization.admin.userId, bookedCount++), [field]: text },
      }),
      newest(column, "meeting"),
    ),
  };
}

const newest = (what: string, table: string) =>
  `SELECT ${what} AS kept FROM ${table} WHERE organization_id = $1 ORDER BY id DESC LIMIT 1`;

/** An address has one spelling: what it cannot hold stands in it percent-encoded. */
const addressKept = (column: string) =>
  [
    `SELECT ${column} AS kept FROM organization WHERE id = $1`,
    (address: string) => decodeURIComponent(address.slice("https://example.com/".length)),
  ] as const;

const patch =
  (change: (text: string) => Record<string, unknown>) =>
  (text: string, { endpointId }: Site) =>
    ["PATCH", `/endpoints/${endpointId}`, change(text)] as [string, string, unknown];

/** Every field that takes a text of somebody's choice, by the name under which a refusal has to mention it. */
export const fields: Record<string, { path: RegExp; enter: Field }> = {
  "an endpoint's description": {
    path: /^description$/,
    enter: viaApi(
      patch((description) => ({ description })),
      ({ description }) => description,
    ),
  },
  "an endpoint's URL": {
    path: /^url$/,
    enter: viaApi(
      patch((text) => ({ url: `http://127.0.0.1:8009/${text}` })),
      // An address has one spelling: what it cannot hold stands in it percent-encoded.
      ({ url }) => decodeURIComponent(url.slice("http://127.0.0.1:8009/".length)),
    ),
  },
  "a custom header's name": {
    path: /^headers/,
    enter: viaApi(
      patch((text) => ({ headers: { [text]: "x" } })),
      ({ headers }) => Object.keys(headers)[0] ?? "",
    ),
  },
  "a custom header's value": {
    path: /^headers\.x-own$/,
    enter: viaApi(
      patch((text) => ({ headers: { "x-own": text } })),
      () => "***",
    ),
  },
  "an endpoint's filter": {
    path: /^filter/,
    enter: viaApi(
      patch((text) => ({ filter: { note: text } })),
      ({ filter }) => filter.note,
    ),
  },
  "an endpoint's event types": {
    path: /^eventTypes/,
    enter: viaApi(
      patch((text) => ({ eventTypes: [text] })),
      ({ eventTypes }) => eventTypes[0],
    ),
  },
  "an event's data": {
    path: /^data/,
    enter: viaApi(
      (text, { eventType }) => ["POST", "/events", { eventType, data: { note: text, [text]: 1 } }],
      async ({ eventId }, api) => (await api.ok("GET", `/events/${eventId}`)).data.note,
    ),
  },
  "an event type's name": {
    path: /^name$/,
    enter: viaApi(
      (text) => ["POST", "/event-types", { name: `a.${text}`, schema: { type: "object" }, example: {} }],
      ({ name }) => name,
    ),
  },
  "an event type's description": {
    path: /^description$/,
    enter: viaApi(
      (text, { eventType }) => ["PATCH", `/event-types/${eventType}`, { description: text }],
      ({ description }) => description,
    ),
  },
  "an event type's example": {
    path: /^example/,
    enter: viaApi(
      (text, { eventType }) => ["PATCH", `/event-types/${eventType}`, { example: { note: text } }],
      ({ example }) => example.note,
    ),
  },
  "a search": {
    path: /^search$/,
    enter: viaApi(
      (text) => ["GET", `/endpoints?search=${encodeURIComponent(text.toWellFormed())}`, undefined],
      () => "***",
    ),
  },
  "an API key's name": {
    path: /^name$/,
    enter: viaAction(
      "createApiKeyAction",
      (name) => ({ form: { name, "scopes[]": ["events:read"] } }),
      newest("name", "api_key"),
    ),
  },
  "a member's name": {
    path: /^firstName$/,
    enter: viaAction(
      "changeProfileAction",
      (firstName) => ({ form: { firstName, lastName: "" } }),
      `SELECT first_name AS kept FROM app_user JOIN membership m ON m.user_id = id
       WHERE m.organization_id = $1 AND m.role = 'admin' ORDER BY id LIMIT 1`,
    ),
  },
  "an organization's name": {
    path: /^companyName$/,
    enter: viaAction(
      "changeOrganizationProfileAction",
      (companyName) => ({ form: { companyName, webAddress: "", logoUrl: "" } }),
      "SELECT name AS kept FROM organization WHERE id = $1",
    ),
  },
  "an organization's web address": {
    path: /^webAddress$/,
    enter: viaAction(
      "changeOrganizationProfileAction",
      (text) => ({
        form: { companyName: "Hostile", webAddress: `https://example.com/${text}`, logoUrl: "" },
      }),
      ...addressKept("web_address"),
    ),
  },
  "an organization's logo": {
    path: /^logoUrl$/,
    enter: viaAction(
      "changeOrganizationProfileAction",
      (text) => ({
        form: { companyName: "Hostile", webAddress: "", logoUrl: `https://example.com/${text}` },
      }),
      ...addressKept("logo_url"),
    ),
  },
  "a domain": {
    path: /^domain$/,
    enter: viaAction(
      "addDomainAction",
      (text) => ({ form: { domain: `${text}.example` } }),
      "SELECT domains[array_length(domains, 1)] AS kept FROM organization WHERE id = $1",
    ),
  },
  "a service account's name": {
    path: /^name$/,
    enter: viaAction(
      "addServiceAccountAction",
      (name) => ({
        form: { type: "Exchange", name, serverUrl: "https://mail.example", userName: "u", password: "p" },
      }),
      newest("name", "service_account"),
    ),
  },
  "an invitation's address": {
    path: /^email$/,
    enter: viaAction(
      "inviteMemberAction",
      (text) => ({ form: { email: `${text}@example.com`, role: "developer" } }),
      newest("split_part(email, '@example.com', 1)", "invitation"),
    ),
  },
  "a forgotten password's address": {
    path: /^email$/,
    enter: async ({ instanceUrl }, text) => {
      const form = { email: `${text}@example.com` };
      const { result } = await callAction(instanceUrl, "requestPasswordLinkAction", { form });
      const asked = (result as FormState<PasswordLinkAsked>).result;
      // Nobody has it, so it is not stored for long: what counts is what the page says.
      if (asked.ok) return { kept: asked.value.email.replace("@example.com", "") };
      if (!asked.errors[0]) throw new Error(asked.message);
      return { refusedAt: asked.errors[0].path };
    },
  },
  "a review's note": {
    path: /^note$/,
    enter: viaAction(
      "reviewEndpointsAction",
      (note, { endpointId }) => ({
        args: [{ endpointIds: [endpointId], action: "seen", note }],
      }),
      newest("note", "review_note"),
    ),
  },
  "a meeting's name": viaBooking("name", "name"),
  "a meeting's location": viaBooking("location", "location"),
  "an invitee's name": viaBooking("inviteeName", "invitee_name"),
  "an answer of the booking form": viaBooking("topic", "form_values -> 1 ->> 'answerText'"),
  "a calendar's location": {
    path: /^location$/,
    enter: viaAction(
      "saveMeetingPreferencesAction",
      (location) => ({ form: { location } }),
      "SELECT value AS kept FROM member_setting WHERE organization_id = $1 AND name = 'location'",
    ),
  },
  "an inbox's name": {
    path: /^name$/,
    enter: viaAction(
      "createInboxEndpointAction",
      (name) => ({ args: [{ name, eventTypes: ["*"] }] }),
      newest("name", "inbox"),
    ),
  },
  // After a member's own: what is the organization's is not kept as a member's.
  "a setting's value": {
    path: /^location$/,
    enter: viaAction(
      "changeSchedulingSettingsAction",
      (location) => ({ form: { ...schedulingForm, location } }),
      "SELECT value AS kept FROM organization_setting WHERE organization_id = $1 AND name = 'location'",
    ),
  },
};

/**
 * As it can be compared: forms and addresses hold well-formed text only (half a pair of surrogates is U+FFFD before it
 * is sent), and an invitation's address is kept in lower case.
 */
export const comparable = (text: string) => text.toWellFormed().toLowerCase();

/** The texts that are put through each field. */
export const textNames = Object.keys(hostileTexts) as HostileText[];
