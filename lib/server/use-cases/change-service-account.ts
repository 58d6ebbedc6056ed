import "server-only";
import { isDeepStrictEqual } from "node:util";
import { encodeId } from "@/lib/domain/ids";
import { mergeCredentials, serviceAccountsMax, type Credentials } from "@/lib/domain/service-account";
import type { ConfigurationChangeOut } from "@/lib/schemas/configuration-change";
import type { ServiceAccountIn, ServiceAccountPatch } from "@/lib/schemas/service-account";
import { invalid, limitReached, notFound } from "@/lib/server/app-error";
import { readDomains } from "@/lib/server/db/organization-profile";
import {
  deleteServiceAccount,
  insertServiceAccount,
  listServiceAccounts,
  lockServiceAccount,
  updateServiceAccount,
  type ServiceAccountRow,
} from "@/lib/server/db/service-accounts";
import type { Sql } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { credentialsContext } from "@/lib/server/sealing";
import { changeConfiguration } from "./change-configuration";

const eventType = "organization.service_account.changed";

/** Throws 422 for a domain that is not the organization's or a credential that is missing, and 409 at the limit. */
export async function addServiceAccount(
  deps: Deps,
  principal: Principal,
  input: ServiceAccountIn,
): Promise<ConfigurationChangeOut> {
  const { organizationId } = principal;
  return changeConfiguration(deps, principal, async ({ sql }) => {
    const inUse = await listServiceAccounts(sql, organizationId);
    if (inUse.length >= serviceAccountsMax) {
      throw limitReached("service accounts", serviceAccountsMax, "Remove one first.");
    }
    const { credentials } = merged(input, null);
    const [id, now] = [deps.newId(), deps.clock()];
    const account = {
      ...{ id, type: input.type, name: input.name, createdAt: now, updatedAt: now },
      domains: await ownDomains(sql, organizationId, input.domains),
      credentialsSealed: deps.sealer.seal(JSON.stringify(credentials), credentialsContext(id)),
    };
    await insertServiceAccount(sql, organizationId, account);
    const current = { ...told(account), credentials: "changed" };
    const audit = { action: "service_account.created", target: encodeId("sva", id), after: current } as const;
    return [{ eventType, history: { previous: {}, current }, audit }];
  });
}

/** Throws 404, and 422 as `addServiceAccount` does, also for another type. Credentials that were left empty stay. */
export async function editServiceAccount(
  deps: Deps,
  principal: Principal,
  { id, ...input }: ServiceAccountPatch,
): Promise<ConfigurationChangeOut> {
  const { organizationId } = principal;
  return changeConfiguration(deps, principal, async ({ sql }) => {
    const stored = await lockServiceAccount(sql, organizationId, id);
    if (!stored) throw notFound("service account");
    if (input.type !== stored.type) {
      throw invalid([{ path: "type", message: "cannot be changed; add another account" }]);
    }
    const context = credentialsContext(id);
    const known = JSON.parse(deps.sealer.open(stored.credentialsSealed, context)) as Credentials;
    const { credentials, isChanged } = merged(input, known);
    const account = {
      ...stored,
      ...{ name: input.name ?? stored.name, updatedAt: deps.clock() },
      domains: input.domains ? await ownDomains(sql, organizationId, input.domains) : stored.domains,
      // Sealing the same text again gives another one: only a real change may look like one.
      ...(isChanged && { credentialsSealed: deps.sealer.seal(JSON.stringify(credentials), context) }),
    };
    const [before, after] = [told(stored), told(account)];
    if (!isChanged && isDeepStrictEqual(before, after)) return [];
    await updateServiceAccount(sql, organizationId, account);
    const current = { ...after, credentials: isChanged ? "changed" : "unchanged" };
    const change = { action: "service_account.changed", target: encodeId("sva", id) } as const;
    const audit = { ...change, before, after: isChanged ? current : after };
    return [{ eventType, history: { previous: before, current }, audit }];
  });
}

/** Takes an account away, its credentials with it. Throws 404. `id` is a UUID. */
export async function removeServiceAccount(
  deps: Deps,
  principal: Principal,
  { id }: { id: string },
): Promise<ConfigurationChangeOut> {
  const { organizationId } = principal;
  return changeConfiguration(deps, principal, async ({ sql }) => {
    const stored = await lockServiceAccount(sql, organizationId, id);
    if (!stored) throw notFound("service account");
    await deleteServiceAccount(sql, organizationId, id);
    const previous = told(stored);
    const audit = {
      action: "service_account.deleted",
      target: encodeId("sva", id),
      before: previous,
    } as const;
    return [{ eventType, history: { previous, current: {} }, audit }];
  });
}

/** What may be told of an account. */
function told({ type, name, domains }: ServiceAccountRow) {
  return { type, name, domains };
}

function merged(
  { type, credentials }: Pick<ServiceAccountIn, "type" | "credentials">,
  stored: Credentials | null,
) {
  const result = mergeCredentials(type, credentials, stored);
  if (result.ok) return result;
  throw invalid(result.missing.map(({ name }) => ({ path: name, message: "must not be empty" })));
}

/** In the order of the organization's list. Throws 422 for one that is not in it. */
async function ownDomains(sql: Sql, organizationId: string, wanted: readonly string[]): Promise<string[]> {
  const own = await readDomains(sql, organizationId);
  if (wanted.every((domain) => own.includes(domain))) return own.filter((domain) => wanted.includes(domain));
  throw invalid([{ path: "domains", message: "must be among the organization's domains" }]);
}
