import "server-only";
import type { Provider } from "next-auth/providers/index";
import google from "next-auth/providers/google";
import type { SignInProvider } from "@/lib/schemas/sign-in-provider";
import type { Env } from "@/lib/server/env";
import { githubProfile } from "./github-profile";
import { openIdProfile, type ProviderProfile } from "./provider-profile";

type Configured = Env["signInProviders"][number];

/** For the pages: which buttons there are. */
export function shownProviders({ signInProviders }: Pick<Env, "signInProviders">): SignInProvider[] {
  return signInProviders.map(({ id, name }) => ({ id, name }));
}

/** Whose subjects these are. An OpenID Connect provider is its issuer. */
export function identityProvider({ signInProviders }: Pick<Env, "signInProviders">, id: string): string {
  const provider = signInProviders.find((configured) => configured.id === id);
  return provider?.id === "oidc" ? `oidc ${provider.issuer}` : id;
}

/** next-auth's providers. State, PKCE and (where there is an ID token) nonce are checked by all of them. */
export function oauthProviders({ signInProviders }: Pick<Env, "signInProviders">): Provider[] {
  return signInProviders.map((provider) => oauthProvider(provider) as unknown as Provider);
}

function oauthProvider(provider: Configured) {
  const { clientId, clientSecret } = provider;
  if (provider.id === "github") return githubProvider(clientId, clientSecret);
  const openId = { checks: ["pkce", "state", "nonce"] as const, profile: openIdProfile };
  if (provider.id === "google") return { ...google({ clientId, clientSecret }), ...openId };
  return {
    ...openId,
    id: "oidc",
    name: provider.name,
    type: "oauth" as const,
    issuer: provider.issuer,
    wellKnown: `${provider.issuer}/.well-known/openid-configuration`,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    clientId,
    clientSecret,
  };
}

/** next-auth's own takes the e-mail address of the public profile, which GitHub does not say it has verified. */
function githubProvider(clientId: string, clientSecret: string) {
  return {
    id: "github",
    name: "GitHub",
    type: "oauth" as const,
    issuer: "https://github.com/login/oauth",
    authorization: {
      url: "https://github.com/login/oauth/authorize",
      params: { scope: "read:user user:email" },
    },
    token: "https://github.com/login/oauth/access_token",
    userinfo: {
      url: "https://api.github.com/user",
      request: ({ tokens }: { tokens: { access_token?: string } }) =>
        githubProfile(tokens.access_token ?? ""),
    },
    checks: ["pkce", "state"] as const,
    profile: (profile: ProviderProfile) => profile,
    clientId,
    clientSecret,
  };
}
