import "server-only";
import type { AuditAction } from "@/lib/domain/audit-actions";
import type { Principal } from "@/lib/server/principal";
import { Prisma } from "./generated/client";

export interface AuditedChange {
  action: AuditAction;
  /** Public id or name of what was changed. */
  target?: string;
  before?: Prisma.InputJsonObject;
  after?: Prisma.InputJsonObject;
}

/** Who an entry names: everyone who acts, also the system; null for what concerns the instance alone. */
export type AuditActor = Pick<Principal, "actor" | "actorLabel" | "address" | "userAgent"> & {
  organizationId: string | null;
};

/**
 * Writes who changed what, in the transaction of the change. `before` and `after` never hold a secret: say
 * `"changed"` in its place. `id` is a new UUIDv7.
 */
export async function recordAudit(
  prisma: Prisma.TransactionClient,
  principal: AuditActor,
  { action, target, before, after }: AuditedChange,
  now: Date,
  id: string,
): Promise<void> {
  await prisma.auditEntry.create({
    data: {
      id,
      organizationId: principal.organizationId,
      actor: principal.actor,
      actorLabel: principal.actorLabel,
      address: principal.address,
      userAgent: principal.userAgent,
      action,
      target: target ?? null,
      before: before ?? Prisma.DbNull,
      after: after ?? Prisma.DbNull,
      at: now,
    },
  });
}
