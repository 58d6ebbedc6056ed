import "server-only";
import { Prisma, type Endpoint, type PrismaClient } from "./generated/client";
import { lockOrganization } from "./organization-lock";
import type { Sql } from "./sql";

export type EndpointRow = Endpoint;

/** Prisma's client, inside or outside of a transaction. */
type Database = PrismaClient | Prisma.TransactionClient;

/** The settings of an endpoint as its columns hold them. */
export type EndpointColumns = Pick<
  Endpoint,
  | "url"
  | "description"
  | "eventTypes"
  | "filter"
  | "successStatus"
  | "onGone"
  | "timeoutSeconds"
  | "retrySchedule"
  | "defaultSchedule"
  | "rateLimitPerSecond"
  | "verificationMethod"
  | "challengeHeader"
  | "failurePolicy"
  | "headersSealed"
  | "headerNames"
>;

export async function findEndpoint(
  prisma: Database,
  organizationId: string,
  id: string,
): Promise<EndpointRow | null> {
  return prisma.endpoint.findFirst({ where: { id, organizationId, deletedAt: null } });
}

export interface EndpointSelection {
  search?: string | undefined;
  state?: EndpointRow["state"] | undefined;
  status?: EndpointRow["status"] | undefined;
  /** Only endpoints made before this one. */
  beforeId?: string | undefined;
  limit: number;
}

/** Newest first. */
export async function listEndpointRows(
  prisma: Database,
  organizationId: string,
  { search, state, status, beforeId, limit }: EndpointSelection,
): Promise<EndpointRow[]> {
  const contains = search ? { contains: escapeLike(search), mode: "insensitive" as const } : null;
  return prisma.endpoint.findMany({
    where: {
      organizationId,
      deletedAt: null,
      ...(state && { state }),
      ...(status && { status }),
      ...(beforeId && { id: { lt: beforeId } }),
      ...(contains && { OR: [{ url: contains }, { description: contains }] }),
    },
    orderBy: { id: "desc" },
    take: limit,
  });
}

/** Prisma hands the text to LIKE as it is. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

/** How many endpoints the organization has; the organization stays locked, so that two creations count one another. */
export async function lockAndCountEndpoints(
  prisma: Prisma.TransactionClient,
  sql: Sql,
  organizationId: string,
): Promise<number> {
  await lockOrganization(sql, organizationId);
  return prisma.endpoint.count({ where: { organizationId, deletedAt: null } });
}

export async function insertEndpoint(
  prisma: Prisma.TransactionClient,
  organizationId: string,
  columns: EndpointColumns,
  { id, createdBy, now }: { id: string; createdBy: string | null; now: Date },
): Promise<EndpointRow> {
  return prisma.endpoint.create({
    data: {
      ...jsonColumns(columns),
      id,
      organizationId,
      createdBy,
      failurePolicy: columns.failurePolicy as Prisma.InputJsonObject,
      stateSince: now,
      createdAt: now,
      updatedAt: now,
    },
  });
}

/** Stores changed settings. `raisesVersion`: a request is built from one of them, so workers must read them again. */
export async function updateEndpointColumns(
  prisma: Prisma.TransactionClient,
  organizationId: string,
  id: string,
  columns: Partial<EndpointColumns>,
  { now, raisesVersion }: { now: Date; raisesVersion: boolean },
): Promise<void> {
  await prisma.endpoint.update({
    where: { id, organizationId },
    data: { ...jsonColumns(columns), updatedAt: now, ...(raisesVersion && { version: { increment: 1 } }) },
  });
}

/** Prisma tells SQL's NULL from JSON's null, and takes neither as `null`. */
function jsonColumns<Columns extends Partial<EndpointColumns>>({
  filter,
  failurePolicy,
  ...columns
}: Columns) {
  return {
    ...columns,
    ...(filter !== undefined && { filter: filter === null ? Prisma.DbNull : filter }),
    ...(failurePolicy !== undefined && { failurePolicy: failurePolicy as Prisma.InputJsonObject }),
  };
}

/** What a request is built from was changed outside of the endpoint's own columns: its secrets. */
export async function raiseEndpointVersion(
  prisma: Prisma.TransactionClient,
  organizationId: string,
  id: string,
  now: Date,
): Promise<void> {
  await prisma.endpoint.update({
    where: { id, organizationId },
    data: { updatedAt: now, version: { increment: 1 } },
  });
}

/** The row stays, so that attempts have something to name; nothing secret does. */
export async function eraseEndpoint(
  prisma: Prisma.TransactionClient,
  organizationId: string,
  id: string,
  now: Date,
): Promise<void> {
  await prisma.endpointSecret.deleteMany({ where: { endpointId: id, organizationId } });
  await prisma.endpoint.update({
    where: { id, organizationId },
    data: { deletedAt: now, updatedAt: now, headersSealed: null, headerNames: [], version: { increment: 1 } },
  });
}
