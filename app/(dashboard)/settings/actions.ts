"use server";

import { revalidatePath } from "next/cache";
import { OrganizationPatch } from "@/lib/schemas/account";
import { formAction } from "@/lib/server/http/user-action";
import { renameOrganization } from "@/lib/server/use-cases/rename-organization";

export const renameOrganizationAction = formAction(
  OrganizationPatch,
  async ({ deps, principal, input }) => {
    await renameOrganization(deps, principal, input);
    revalidatePath("/", "layout");
  },
  { admin: true },
);
