import "server-only";
import type { Principal } from "@/lib/server/principal";
import { Prisma } from "./generated/client";

export interface AuditedChange {
  /** `noun.verb`, as in `api_key.revoked`. */
  action: string;
  /** Public id or name of what was changed. */
  target?: string;
  before?: Prisma.InputJsonObject;
  after?: Prisma.InputJsonObject;
}

/** Who an entry names: everyone who acts, also the system at the first start. */
export type AuditActor = Pick<Principal, "actor" | "actorLabel" | "address"> & {
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
      action,
      target: target ?? null,
      before: before ?? Prisma.DbNull,
      after: after ?? Prisma.DbNull,
      at: now,
    },
  });
}
