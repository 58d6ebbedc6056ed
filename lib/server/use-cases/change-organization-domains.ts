import "server-only";
import { domainsMax } from "@/lib/domain/domain-name";
import { encodeId } from "@/lib/domain/ids";
import type { ConfigurationChangeOut } from "@/lib/schemas/configuration-change";
import { AppError, invalid, limitReached, notFound } from "@/lib/server/app-error";
import { readDomains, saveDomains } from "@/lib/server/db/organization-profile";
import { listServiceAccounts } from "@/lib/server/db/service-accounts";
import type { Sql } from "@/lib/server/db/sql";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { changeConfiguration, type ConfigurationChange } from "./change-configuration";

/** Throws 422 for a domain that is in the list, and 409 beyond `domainsMax`. */
export async function addOrganizationDomain(
  deps: Deps,
  principal: Principal,
  { domain }: { domain: string },
): Promise<ConfigurationChangeOut> {
  return changeDomains(deps, principal, (previous) => {
    if (previous.includes(domain)) throw invalid([{ path: "domain", message: "is in the list already" }]);
    if (previous.length >= domainsMax) throw limitReached("domains", domainsMax, "Remove one first.");
    return [...previous, domain];
  });
}

/**
 * Throws 404, and 409 while a service account serves the domain: whoever takes it away there decides what becomes of
 * its people.
 */
export async function removeOrganizationDomain(
  deps: Deps,
  principal: Principal,
  { domain }: { domain: string },
): Promise<ConfigurationChangeOut> {
  return changeDomains(deps, principal, async (previous, sql) => {
    if (!previous.includes(domain)) throw notFound("domain");
    const accounts = await listServiceAccounts(sql, principal.organizationId);
    const serving = accounts.filter(({ domains }) => domains.includes(domain)).map(({ name }) => name);
    if (serving.length > 0) {
      const names = new Intl.ListFormat("en").format(serving);
      throw new AppError(409, `${domain} is served by ${names}. Take it away there first.`);
    }
    return previous.filter((other) => other !== domain);
  });
}

type NextDomains = (previous: readonly string[], sql: Sql) => string[] | Promise<string[]>;

async function changeDomains(
  deps: Deps,
  principal: Principal,
  next: NextDomains,
): Promise<ConfigurationChangeOut> {
  const { organizationId } = principal;
  return changeConfiguration(deps, principal, async ({ sql }): Promise<ConfigurationChange[]> => {
    const previous = await readDomains(sql, organizationId);
    const current = await next(previous, sql);
    await saveDomains(sql, organizationId, current);
    return [
      {
        eventType: "organization.domains.changed",
        history: { previous: { value: previous }, current: { value: current } },
        audit: {
          action: "organization.domains_changed",
          target: encodeId("org", organizationId),
          before: { domains: previous },
          after: { domains: current },
        },
      },
    ];
  });
}
