import "server-only";
import { encodeId } from "@/lib/domain/ids";
import { notFound } from "@/lib/server/app-error";
import type { SessionClaims } from "@/lib/server/auth/session-claims";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import type { Deps } from "@/lib/server/deps";
import type { Person } from "./change-account";

export interface OwnOrganization {
  id: string;
  name: string;
  role: "developer" | "admin";
}

/** The organizations a person is in, oldest membership first. */
export async function listOwnOrganizations(deps: Deps, userId: string): Promise<OwnOrganization[]> {
  const memberships = await deps.prisma.membership.findMany({
    where: { userId },
    include: { organization: true },
    orderBy: { createdAt: "asc" },
  });
  return memberships.map(({ organization, role }) => ({
    id: encodeId("org", organization.id),
    name: organization.name,
    role,
  }));
}

/** What the session says in another organization of the same person. Throws 404. `id` is its UUID. */
export async function switchOrganization(
  deps: Deps,
  person: Person,
  { id }: { id: string },
): Promise<SessionClaims> {
  const { userId } = person;
  const membership = await deps.prisma.membership.findUnique({
    where: { organizationId_userId: { organizationId: id, userId } },
    include: { user: { select: { sessionVersion: true } } },
  });
  if (!membership) throw notFound("organization");
  // Seen by the admins of the organization that is entered.
  const actor = { ...person, organizationId: id };
  const before = { organizationId: encodeId("org", person.organizationId) };
  const change: AuditedChange = { action: "session.organization_switched", target: person.actor, before };
  await recordAudit(deps.prisma, actor, change, deps.clock(), deps.newId());
  return { userId, organizationId: id, sessionVersion: membership.user.sessionVersion };
}
