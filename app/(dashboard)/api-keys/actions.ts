"use server";

import { revalidatePath } from "next/cache";
import { ApiKeyId, ApiKeyIn } from "@/lib/schemas/api-key";
import { formAction, userAction } from "@/lib/server/http/user-action";
import { createApiKey } from "@/lib/server/use-cases/create-api-key";
import { revokeApiKey } from "@/lib/server/use-cases/revoke-api-key";

export const createApiKeyAction = formAction(
  ApiKeyIn,
  async ({ deps, principal, input }) => {
    const created = await createApiKey(deps, principal, input);
    revalidatePath("/api-keys");
    return created;
  },
  { admin: true },
);

export const revokeApiKeyAction = userAction(
  ApiKeyId,
  async ({ deps, principal, input }) => {
    await revokeApiKey(deps, principal, input);
    revalidatePath("/api-keys");
  },
  { admin: true },
);
