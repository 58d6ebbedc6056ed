export const signInProviderIds = ["github", "google", "oidc"] as const;

/** A way to sign in beside the password, as pages show it. */
export interface SignInProvider {
  id: (typeof signInProviderIds)[number];
  /** On the button: "Continue with GitHub". */
  name: string;
}

/** Why a provider's word was not enough, in the URL that next-auth leads back to. */
export const providerRefusals = {
  unverified: "That account has no verified e-mail address, so we cannot tell who you are.",
  not_invited: "Nobody has invited the e-mail address of that account. Ask an admin of your organization.",
  organization_full:
    "The organization that has invited you has no room for another member. Ask an admin to remove one who has left.",
  has_account:
    "There is an account with that e-mail address already. Sign in with its password, then connect the other way under Account.",
  other_account:
    "That belongs to somebody else: only an account with your own e-mail address can be connected.",
} as const;

export type ProviderRefusal = keyof typeof providerRefusals;

/** The sentence for `?error=`; next-auth has codes of its own, which say nothing to a person. */
export function refusalText(code: string): string {
  return Object.hasOwn(providerRefusals, code)
    ? providerRefusals[code as ProviderRefusal]
    : "That did not work. Try again, or ask an admin of your organization.";
}
