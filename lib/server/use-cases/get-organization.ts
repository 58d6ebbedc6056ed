import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { SettingChoices } from "@/lib/domain/organization-settings";
import type { Announcement } from "@/lib/schemas/configuration-change";
import type { OrganizationDomainOut } from "@/lib/schemas/organization-domains";
import type { OrganizationProfile } from "@/lib/schemas/organization-profile";
import { notFound } from "@/lib/server/app-error";
import { readDomains, readProfile } from "@/lib/server/db/organization-profile";
import { readSettings } from "@/lib/server/db/organization-settings";
import { listServiceAccounts } from "@/lib/server/db/service-accounts";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";
import { listEventTypeSubscribers } from "./list-event-type-subscribers";

/** What admins see of their organization's configuration. Each throws 403 for who is no admin. */

export async function getOrganizationProfile(deps: Deps, principal: Principal): Promise<OrganizationProfile> {
  requireAdmin(principal);
  const profile = await readProfile(deps.sql, principal.organizationId);
  if (!profile) throw notFound("organization");
  return profile;
}

/** In the order in which they were added. */
export async function listOrganizationDomains(
  deps: Deps,
  principal: Principal,
): Promise<OrganizationDomainOut[]> {
  requireAdmin(principal);
  const names = await readDomains(deps.sql, principal.organizationId);
  const accounts = await listServiceAccounts(deps.sql, principal.organizationId);
  return names.map((name) => ({
    name,
    accounts: accounts
      .filter(({ domains }) => domains.includes(name))
      .map((account) => ({ id: encodeId("sva", account.id), name: account.name })),
  }));
}

export async function getOrganizationSettings(deps: Deps, principal: Principal): Promise<SettingChoices> {
  requireAdmin(principal);
  return readSettings(deps.sql, principal.organizationId);
}

/** Whom an event of the type reaches now: endpoints that are disabled get none. */
export async function getAnnouncement(
  deps: Deps,
  principal: Principal,
  eventType: string,
): Promise<Announcement> {
  const subscribers = await listEventTypeSubscribers(deps, principal, eventType);
  return { eventType, endpointCount: subscribers.filter(({ state }) => state !== "disabled").length };
}
