import "server-only";
import { cache } from "react";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { encodeId } from "@/lib/domain/ids";
import { isEndedSession } from "@/lib/server/db/ended-sessions";
import { getDeps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { hasAnyUser } from "@/lib/server/use-cases/set-up-instance";
import { authOptions } from "./auth-options";
import { requestOrigin } from "./request-origin";
import { pathHeader, returnPath } from "./return-path";

/** A signed-in person, as pages show them. */
export interface SignedIn extends Principal {
  kind: "user";
  userId: string;
  email: string;
  firstName: string;
  lastName: string;
  organizationName: string;
  /** False: the account has been signed in to by another provider only. */
  hasPassword: boolean;
  /** UUID: by which this one session is ended. */
  sessionId: string;
  /** When the password was given: what counts for the end of the session. */
  signedInAt: Date;
}

/**
 * Who is signed in, or null. The session's word is checked against the database on every request: membership, role
 * and session version are what they are now, not what they were at sign-in, and a session that was signed out is none.
 * Once per request however often asked.
 */
export const findUser = cache(async (): Promise<SignedIn | null> => {
  const session = await getServerSession(authOptions());
  const { claims, sessionId, signedInAt } = session ?? {};
  if (!claims || !sessionId || signedInAt === undefined) return null;
  const deps = getDeps();
  if (await isEndedSession(deps.sql, sessionId)) return null;
  const { organizationId, userId } = claims;
  const membership = await deps.prisma.membership.findUnique({
    where: { organizationId_userId: { organizationId, userId } },
    include: { user: true, organization: true },
  });
  if (!membership || membership.user.sessionVersion !== claims.sessionVersion) return null;
  const { user, organization } = membership;
  return {
    kind: "user",
    organizationId: organization.id,
    organizationName: organization.name,
    userId: user.id,
    actor: encodeId("usr", user.id),
    actorLabel: user.email,
    email: user.email,
    firstName: user.firstName,
    lastName: user.lastName,
    hasPassword: user.hasPassword,
    sessionId,
    signedInAt: new Date(signedInAt),
    role: membership.role,
    isOperator: user.isOperator,
    scopes: null,
    ...requestOrigin(await headers()),
  };
});

/**
 * Who is signed in; everyone else is taken to the sign-in page and back again afterwards, or to the setup while the
 * instance has no user at all.
 */
export async function requireUser(): Promise<SignedIn> {
  const user = await findUser();
  if (user) return user;
  await leadToSetup();
  const path = returnPath((await headers()).get(pathHeader));
  redirect(path === "/" ? "/sign-in" : `/sign-in?${new URLSearchParams({ next: path })}`);
}

/** While the instance has no user at all, every page is the one where the first is made. */
export async function leadToSetup(): Promise<void> {
  if (!(await hasAnyUser(getDeps()))) redirect("/setup");
}
