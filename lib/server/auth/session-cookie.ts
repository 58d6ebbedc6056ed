import "server-only";
import { cookies } from "next/headers";
import { encode } from "next-auth/jwt";
import type { Deps } from "@/lib/server/deps";
import { sessionCookieName, sessionSeconds, tokenOf, usesSecureCookies } from "./auth-options";
import type { SessionClaims } from "./session-claims";

/**
 * Starts a session in this response, as next-auth would, always under a new id: what the browser had before is not
 * taken over. One that goes on with other claims (`continued`) keeps its id and its start. Only in a server action or
 * a route handler.
 */
export async function startSession(
  deps: Deps,
  claims: SessionClaims,
  continued?: { sessionId: string; signedInAt: Date },
): Promise<void> {
  const token = await encode({
    token: tokenOf(claims, continued?.signedInAt ?? deps.clock(), continued?.sessionId),
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
