import "server-only";
import type { Deps } from "@/lib/server/deps";

/** One more member of an organization. Returns the user's UUID. */
export async function createTestMember(
  deps: Deps,
  organizationId: string,
  role: "developer" | "admin",
  email: string,
  mutedNotices: string[] = [],
): Promise<string> {
  const id = deps.newId();
  const createdAt = deps.clock();
  await deps.prisma.user.create({
    data: { id, email, firstName: "Bo", lastName: "Example", passwordHash: "no sign-in", createdAt },
  });
  await deps.prisma.membership.create({
    data: { organizationId, userId: id, role, mutedNotices, createdAt },
  });
  return id;
}
