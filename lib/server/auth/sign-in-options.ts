import "server-only";
import { headers } from "next/headers";
import type { Account, NextAuthOptions, User } from "next-auth";
import { type Deps, getDeps } from "@/lib/server/deps";
import { signInWithProvider } from "@/lib/server/use-cases/sign-in-with-provider";
import { authOptions } from "./auth-options";
import { requestOrigin } from "./request-origin";
import { findUser } from "./session";
import { identityProvider } from "./sign-in-providers";

/** What next-auth's own routes work with: besides the session, who may have one. */
export function signInOptions(): NextAuthOptions {
  const options = authOptions();
  return {
    ...options,
    callbacks: {
      ...options.callbacks,
      signIn: ({ user, account }) => account?.type !== "oauth" || admitByProvider(getDeps(), user, account),
    },
  };
}

/**
 * next-auth's question after a provider's answer has passed its checks: true, with the session's claims on the user,
 * or the page that says why not.
 */
async function admitByProvider(deps: Deps, user: User, account: Account): Promise<true | string> {
  const signedIn = await findUser();
  const identity = {
    provider: identityProvider(deps.env, account.provider),
    subject: account.providerAccountId,
    verifiedEmail: user.verifiedEmail ?? null,
    firstName: user.firstName ?? "",
    lastName: user.lastName ?? "",
  };
  const outcome = await signInWithProvider(deps, identity, signedIn, requestOrigin(await headers()));
  if ("refusal" in outcome) return `${signedIn ? "/account" : "/sign-in"}?error=${outcome.refusal}`;
  user.claims = outcome.claims;
  return true;
}
