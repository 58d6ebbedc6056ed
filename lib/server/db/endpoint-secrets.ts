import "server-only";
import type { EndpointSecret, Prisma, PrismaClient } from "./generated/client";

export interface NewEndpointSecret {
  id: string;
  endpointId: string;
  sealed: string;
  createdAt: Date;
}

/** The current secret. The one before must have been given an end: there is only one without. */
export async function insertEndpointSecret(
  prisma: Prisma.TransactionClient,
  organizationId: string,
  secret: NewEndpointSecret,
): Promise<void> {
  await prisma.endpointSecret.create({ data: { ...secret, organizationId } });
}

/** Valid at `now`: the current one first, then those in their overlap, the longest lasting first. */
export async function listEndpointSecrets(
  prisma: PrismaClient | Prisma.TransactionClient,
  organizationId: string,
  endpointId: string,
  now: Date,
): Promise<EndpointSecret[]> {
  return prisma.endpointSecret.findMany({
    where: { endpointId, organizationId, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    orderBy: { expiresAt: { sort: "desc", nulls: "first" } },
  });
}

/** No secret of the endpoint is valid beyond `until`; those that are over by `now` are erased. */
export async function endSecretsBy(
  prisma: Prisma.TransactionClient,
  organizationId: string,
  endpointId: string,
  { until, now }: { until: Date; now: Date },
): Promise<void> {
  await prisma.endpointSecret.updateMany({
    where: { endpointId, organizationId, OR: [{ expiresAt: null }, { expiresAt: { gt: until } }] },
    data: { expiresAt: until },
  });
  await prisma.endpointSecret.deleteMany({ where: { endpointId, organizationId, expiresAt: { lte: now } } });
}
