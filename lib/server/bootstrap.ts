import "server-only";
import { normalizeEmail } from "@/lib/schemas/person";
import { hashPassword } from "./auth/password";
import { noOrigin } from "./auth/request-origin";
import type { Deps } from "./deps";
import { createFirstAdmin } from "./use-cases/create-first-admin";
import { hasAnyUser, renewSetupToken } from "./use-cases/set-up-instance";

/**
 * The first run (contract, section 3). With the bootstrap variables an empty instance gets its first admin; without
 * them this returns the one-time link where the first admin is made. Null when there is nothing left to do here.
 */
export async function bootstrap(deps: Deps): Promise<string | null> {
  if (await hasAnyUser(deps)) return null;
  const given = deps.env.bootstrap;
  if (!given) {
    // A worker has no pages, and its link would end the one that a web process has just printed.
    if (deps.env.role === "worker") return null;
    return `${deps.env.url}/setup?token=${await renewSetupToken(deps)}`;
  }
  const email = normalizeEmail(given.email);
  const passwordHash = await hashPassword(given.password);
  await deps.transaction((transaction) =>
    createFirstAdmin(transaction, deps, {
      organizationName: given.organization,
      email,
      ...namesFrom(email),
      passwordHash,
      apiKey: given.apiKey,
      origin: noOrigin,
    }),
  );
  return null;
}

/** A first guess that the account page can change: `ada.lovelace@` is Ada Lovelace, `admin@` is Admin. */
function namesFrom(email: string): { firstName: string; lastName: string } {
  const words = (email.split("@")[0] ?? "").split(/[._+-]+/).filter((word) => word !== "");
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  return { firstName: capital(words[0] ?? "Admin"), lastName: words.slice(1).map(capital).join(" ") };
}
