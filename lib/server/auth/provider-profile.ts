import "server-only";

/** What every provider's `profile` makes of the provider's own words. */
export interface ProviderProfile {
  id: string;
  verifiedEmail: string | null;
  firstName: string;
  lastName: string;
}

interface OpenIdClaims {
  sub: string;
  email?: unknown;
  email_verified?: unknown;
  name?: unknown;
  given_name?: unknown;
  family_name?: unknown;
}

/** OpenID Connect Core 5.1. A provider that does not say "verified" has not verified. */
export function openIdProfile(claims: OpenIdClaims): ProviderProfile {
  const { sub, email, email_verified: verified, name, given_name: given, family_name: family } = claims;
  return {
    id: sub,
    verifiedEmail: verified === true && typeof email === "string" ? email : null,
    firstName: nameOf(given) || nameOf(name) || "New",
    lastName: nameOf(given) ? nameOf(family) : "",
  };
}

/** A name as ours are: one line of at most 100 characters. */
export function nameOf(value: unknown): string {
  if (typeof value !== "string") return "";
  return value
    .toWellFormed()
    .replace(/[\p{Cc}\ufffd]/gu, " ")
    .trim()
    .slice(0, 100);
}
