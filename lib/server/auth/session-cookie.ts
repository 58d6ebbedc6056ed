import "server-only";
import { cookies } from "next/headers";
import { encode } from "next-auth/jwt";
import type { Deps } from "@/lib/server/deps";
import { sessionCookieName, sessionSeconds, tokenOf, usesSecureCookies } from "./auth-options";
import type { SessionClaims } from "./session-claims";

/**
 * Starts a session in this response, as next-auth would; one that goes on with other claims keeps its `signedInAt`.
 * Only in a server action or a route handler.
 */
export async function startSession(
  deps: Deps,
  claims: SessionClaims,
  signedInAt: Date = deps.clock(),
): Promise<void> {
  const token = await encode({
    token: tokenOf(claims, signedInAt),
    secret: deps.env.sessionSecret,
    maxAge: sessionSeconds,
  });
  (await cookies()).set(sessionCookieName(deps.env), token, {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: usesSecureCookies(deps.env),
    maxAge: sessionSeconds,
  });
}
