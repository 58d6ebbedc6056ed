import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { addOrganizationDomain, removeOrganizationDomain } from "./change-organization-domains";
import { changeMemberRole, removeMember } from "./change-member";
import { changeOrganizationProfile } from "./change-organization-profile";
import { changeOrganizationSettings } from "./change-organization-settings";
import { addServiceAccount, editServiceAccount, removeServiceAccount } from "./change-service-account";
import { checkEventTypeDraft } from "./check-event-type-draft";
import { createApiKey } from "./create-api-key";
import { createEventType } from "./create-event-type";
import { deleteEventType } from "./delete-event-type";
import { getInstanceStatus } from "./get-instance-status";
import { getOrganizationProfile, getOrganizationSettings, listOrganizationDomains } from "./get-organization";
import { getServiceAccount, listOwnServiceAccounts } from "./get-service-account";
import { healDeliveries } from "./heal-deliveries";
import { inviteMember, withdrawInvitation } from "./invite-member";
import { listApiKeys } from "./list-api-keys";
import { getAuditEntry, listActors, listAudit } from "./list-audit";
import { listMembers } from "./list-members";
import { getNotice, listNoticeEndpoints, listNotices } from "./list-notices";
import { listReview } from "./list-review";
import { retryNotice } from "./retry-notice";
import { reviewEndpoints } from "./review-endpoints";
import { revokeApiKey } from "./revoke-api-key";
import { updateEventType } from "./update-event-type";

type UseCase = (deps: Deps, principal: Principal, ...rest: never[]) => Promise<unknown>;

const forAdmins: Record<string, UseCase> = {
  ...{ addOrganizationDomain, removeOrganizationDomain, changeOrganizationProfile },
  ...{ changeOrganizationSettings, addServiceAccount, editServiceAccount, removeServiceAccount },
  ...{ changeMemberRole, removeMember, inviteMember, withdrawInvitation, listMembers },
  ...{ createApiKey, listApiKeys, revokeApiKey },
  ...{ checkEventTypeDraft, createEventType, deleteEventType, updateEventType },
  ...{ getOrganizationProfile, getOrganizationSettings, listOrganizationDomains },
  ...{ getServiceAccount, listOwnServiceAccounts },
  ...{ getAuditEntry, listActors, listAudit, getNotice, listNoticeEndpoints, listNotices, retryNotice },
  ...{ listReview, reviewEndpoints },
};
const forOperators: Record<string, UseCase> = { getInstanceStatus, healDeliveries };

const developer: Principal = {
  ...{ organizationId: "", kind: "user", userId: "", actor: "usr_1", actorLabel: "ada@example.com" },
  ...{ role: "developer", isOperator: false, scopes: null, address: null, userAgent: null },
};
const admin: Principal = { ...developer, role: "admin" };
const operator: Principal = { ...developer, isOperator: true };

/** With nothing to look at: whoever may do this gets as far as to miss it. */
const attempt = (act: UseCase, principal: Principal, input: object = {}) =>
  act({} as Deps, principal, input as never, input as never, input as never);

const refused = { status: 403 };

describe.each(Object.entries({ ...forAdmins, ...forOperators }))("%s", (_name, act) => {
  it("is refused to a developer before anything is looked at", async () => {
    await expect(attempt(act, developer)).rejects.toMatchObject(refused);
  });

  it("is not refused to an operator", async () => {
    const outcome = await attempt(act, operator).catch((error: unknown) => error);
    expect(outcome).not.toMatchObject(refused);
  });
});

it.each(Object.entries(forOperators))("%s is about the instance, and no admin's", async (_name, act) => {
  await expect(attempt(act, admin)).rejects.toMatchObject(refused);
});

it.each<[string, UseCase, object]>([
  ["the audit log", listAudit, { all: "1" }],
  ["those who act", listActors, "1" as never],
  ["what needs a look", listReview, { all: "1" }],
  ["many endpoints", reviewEndpoints, { all: true, endpointIds: [] }],
])("of every organization, %s is an operator's alone", async (_what, act, input) => {
  await expect(attempt(act, admin, input)).rejects.toMatchObject(refused);
});

it("names every use-case that asks for a role", () => {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const files = readdirSync(folder).filter((file) => /(?<!\.test)\.ts$/.test(file));
  const asking = files.flatMap((file) =>
    readFileSync(folder + file, "utf8")
      .split(/^(?=export async function )/m)
      .filter((part) => /\brequire(Admin|Operator)\(/.test(part))
      .map((part) => /^export async function (\w+)/.exec(part)?.[1] ?? file),
  );
  // A part of the use-cases that change the organization's configuration.
  const known = [...Object.keys(forAdmins), ...Object.keys(forOperators), "changeConfiguration"];
  expect(asking.filter((name) => !known.includes(name))).toEqual([]);
});
