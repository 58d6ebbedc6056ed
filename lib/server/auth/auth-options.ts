import "server-only";
import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import type { NextAuthOptions } from "next-auth";
import type { JWT } from "next-auth/jwt";
import credentials from "next-auth/providers/credentials";
import { AppError } from "@/lib/server/app-error";
import { getDeps, type Deps } from "@/lib/server/deps";
import type { Env } from "@/lib/server/env";
import { signIn } from "@/lib/server/use-cases/sign-in";
import { signOut } from "@/lib/server/use-cases/sign-out";
import { requestOrigin, type RequestOrigin } from "./request-origin";
import type { SessionClaims } from "./session-claims";
import { oauthProviders } from "./sign-in-providers";

/** A session ends this long after sign-in, whatever happens in it. */
export const sessionSeconds = 12 * 3600;

/** next-auth for this instance: e-mail and password, and a session that is a signed and encrypted cookie. */
export function authOptions(): NextAuthOptions {
  const deps = getDeps();
  const { env, clock } = deps;
  return {
    secret: env.sessionSecret,
    session: { strategy: "jwt", maxAge: sessionSeconds },
    useSecureCookies: usesSecureCookies(env),
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [passwordProvider, ...oauthProviders(env)],
    callbacks: {
      jwt: ({ token, user }) => (user?.claims ? { ...token, ...tokenOf(user.claims, clock()) } : token),
      session: ({ session, token: { claims, sessionId, signedInAt } }) =>
        claims && isSessionOpen(signedInAt, clock())
          ? { ...session, claims, sessionId, signedInAt }
          : session,
    },
    events: {
      // The cookie is deleted in one browser; this ends its copies.
      signOut: async ({ token }) => endSession(deps, token, requestOrigin(await headers())),
    },
  };
}

export function usesSecureCookies(environment: Pick<Env, "url">): boolean {
  return environment.url.startsWith("https:");
}

/** The name under which next-auth looks for the session. */
export function sessionCookieName(environment: Pick<Env, "url">): string {
  return `${usesSecureCookies(environment) ? "__Secure-" : ""}next-auth.session-token`;
}

/** What next-auth calls a token's contents, for a session that starts outside of its own routes. */
export function tokenOf(claims: SessionClaims, signedInAt: Date, sessionId: string = randomUUID()) {
  return { sub: claims.userId, claims, sessionId, signedInAt: signedInAt.getTime() };
}

/** What is left of the session is worth nothing any more, in any browser. */
export async function endSession(
  deps: Pick<Deps, "transaction" | "clock" | "newId">,
  { claims, sessionId, signedInAt }: Pick<JWT, "claims" | "sessionId" | "signedInAt">,
  origin: RequestOrigin,
): Promise<void> {
  if (!claims || !sessionId || signedInAt === undefined) return;
  const expiresAt = new Date(signedInAt + sessionSeconds * 1000);
  await signOut(deps, { claims, sessionId, expiresAt }, origin);
}

/**
 * Whether a session may go on. next-auth renews its cookie whenever its session route is asked, so the cookie's own
 * end never comes for whoever keeps asking.
 */
export function isSessionOpen(signedInAt: number | undefined, now: Date): boolean {
  return signedInAt !== undefined && now.getTime() - signedInAt < sessionSeconds * 1000;
}

/**
 * Tells next-auth, which reads the environment, where this instance is reached. Without a public URL of its own that
 * is whatever host the browser used: localhost, 127.0.0.1, the machine's name.
 */
export function setAuthOrigin({ url, port }: Pick<Env, "url" | "port">): void {
  delete process.env.NEXTAUTH_URL;
  delete process.env.AUTH_TRUST_HOST;
  if (url === `http://localhost:${port}`) process.env.AUTH_TRUST_HOST = "true";
  else process.env.NEXTAUTH_URL = url;
}

/** The form of the sign-in page uses the use-case directly; this is the same for programs that speak next-auth. */
const passwordProvider = credentials({
  name: "Password",
  credentials: {
    email: { label: "E-mail", type: "email" },
    password: { label: "Password", type: "password" },
  },
  async authorize(given, request) {
    try {
      const claims = await signIn(getDeps(), {
        email: String(given?.email ?? ""),
        password: String(given?.password ?? ""),
        ...requestOrigin(new Headers(request.headers as Record<string, string>)),
      });
      return { id: claims.userId, claims };
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  },
});
