import "server-only";
import type { PrismaClient, Transition } from "./generated/client";

/** An endpoint's history, newest first; `beforeId` is the last id of the page before. */
export async function listTransitionRows(
  prisma: PrismaClient,
  organizationId: string,
  endpointId: string,
  { beforeId, limit }: { beforeId: string | undefined; limit: number },
): Promise<Transition[]> {
  return prisma.transition.findMany({
    where: { organizationId, endpointId, ...(beforeId && { id: { lt: beforeId } }) },
    orderBy: { id: "desc" },
    take: limit,
  });
}
