import "server-only";
import { isDeepStrictEqual } from "node:util";
import { encodeId } from "@/lib/domain/ids";
import type { ConfigurationChangeOut } from "@/lib/schemas/configuration-change";
import type { OrganizationProfile } from "@/lib/schemas/organization-profile";
import { notFound } from "@/lib/server/app-error";
import { readProfile, saveProfile } from "@/lib/server/db/organization-profile";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { changeConfiguration } from "./change-configuration";

/** Changes what is given of the organization's profile; the company's name is the organization's. */
export async function changeOrganizationProfile(
  deps: Deps,
  principal: Principal,
  changes: Partial<OrganizationProfile>,
): Promise<ConfigurationChangeOut> {
  const { organizationId } = principal;
  return changeConfiguration(deps, principal, async ({ sql }) => {
    const previous = await readProfile(sql, organizationId);
    if (!previous) throw notFound("organization");
    const current = { ...previous, ...changes };
    if (isDeepStrictEqual(previous, current)) return [];
    await saveProfile(sql, organizationId, current);
    return [
      {
        eventType: "organization.profile.changed",
        history: { previous, current },
        audit: {
          action: "organization.profile_changed",
          target: encodeId("org", organizationId),
          before: previous,
          after: current,
        },
      },
    ];
  });
}
