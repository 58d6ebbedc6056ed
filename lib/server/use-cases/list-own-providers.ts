import "server-only";
import type { SignInProvider } from "@/lib/schemas/sign-in-provider";
import { identityProvider, shownProviders } from "@/lib/server/auth/sign-in-providers";
import { listIdentityProviders } from "@/lib/server/db/external-identities";
import type { Deps } from "@/lib/server/deps";

/** Every other way to sign in that this instance has, and whether it leads to this account. `userId` is a UUID. */
export async function listOwnProviders(
  deps: Deps,
  userId: string,
): Promise<(SignInProvider & { isConnected: boolean })[]> {
  const connected = await listIdentityProviders(deps.sql, userId);
  return shownProviders(deps.env).map((provider) => ({
    ...provider,
    isConnected: connected.includes(identityProvider(deps.env, provider.id)),
  }));
}
