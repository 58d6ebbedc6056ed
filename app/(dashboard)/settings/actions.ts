"use server";

import { revalidatePath } from "next/cache";
import { settingNames } from "@/lib/domain/organization-settings";
import { OrganizationDomainIn } from "@/lib/schemas/organization-domains";
import { OrganizationProfileForm } from "@/lib/schemas/organization-profile";
import { settingsIn } from "@/lib/schemas/organization-settings";
import { ServiceAccountId, ServiceAccountIn, ServiceAccountPatch } from "@/lib/schemas/service-account";
import { keptFormAction, userAction } from "@/lib/server/http/user-action";
import {
  addOrganizationDomain,
  removeOrganizationDomain,
} from "@/lib/server/use-cases/change-organization-domains";
import { changeOrganizationProfile } from "@/lib/server/use-cases/change-organization-profile";
import { changeOrganizationSettings } from "@/lib/server/use-cases/change-organization-settings";
import {
  addServiceAccount,
  editServiceAccount,
  removeServiceAccount,
} from "@/lib/server/use-cases/change-service-account";

const admin = { admin: true };
/** All but the credentials. */
const accountFields = ["name", "domains", "loaded"];

export const changeOrganizationProfileAction = keptFormAction(
  OrganizationProfileForm,
  async ({ deps, principal, input }) => {
    const change = await changeOrganizationProfile(deps, principal, input);
    // The name stands in the sidebar of every page.
    revalidatePath("/", "layout");
    return change;
  },
  { ...admin, kept: ["companyName", "webAddress", "logoUrl", "loaded"] },
);

export const addDomainAction = keptFormAction(
  OrganizationDomainIn,
  async ({ deps, principal, input }) => {
    const change = await addOrganizationDomain(deps, principal, input);
    revalidatePath("/settings", "layout");
    return change;
  },
  { ...admin, kept: ["domain"] },
);

export const removeDomainAction = userAction(
  OrganizationDomainIn,
  async ({ deps, principal, input }) => {
    const change = await removeOrganizationDomain(deps, principal, input);
    revalidatePath("/settings", "layout");
    return change;
  },
  admin,
);

export const changeSchedulingSettingsAction = keptFormAction(
  settingsIn("scheduling"),
  async ({ deps, principal, input }) => {
    const change = await changeOrganizationSettings(deps, principal, input);
    revalidatePath("/settings/preferences");
    return change;
  },
  { ...admin, kept: [...settingNames, "allowUserOverride", "loaded"] },
);

export const addServiceAccountAction = keptFormAction(
  ServiceAccountIn,
  async ({ deps, principal, input }) => {
    const change = await addServiceAccount(deps, principal, input);
    revalidatePath("/settings", "layout");
    return change;
  },
  { ...admin, kept: accountFields },
);

export const editServiceAccountAction = keptFormAction(
  ServiceAccountPatch,
  async ({ deps, principal, input }) => {
    const change = await editServiceAccount(deps, principal, input);
    revalidatePath("/settings", "layout");
    return change;
  },
  { ...admin, kept: accountFields },
);

export const removeServiceAccountAction = userAction(
  ServiceAccountId,
  async ({ deps, principal, input }) => {
    const change = await removeServiceAccount(deps, principal, input);
    revalidatePath("/settings", "layout");
    return change;
  },
  admin,
);
