import "server-only";
import { encodeId } from "@/lib/domain/ids";
import type { ConfigurationChangeOut } from "@/lib/schemas/configuration-change";
import { AppError } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import { lockOrganization } from "@/lib/server/db/organization-lock";
import type { Transaction } from "@/lib/server/db/sql";
import type { FannedOut } from "@/lib/server/delivery/fan-out";
import type { Deps } from "@/lib/server/deps";
import { requireAdmin, type Principal } from "@/lib/server/principal";
import { emitEvent } from "@/lib/server/publishing/emit-event";
import { toPublishedOut } from "./publish-event";

/** One thing that was changed: what its event says, and what the audit log keeps. */
export interface ConfigurationChange {
  eventType: string;
  /** Who made the change is added. */
  history: { previous: object; current: object; setting?: object };
  audit: AuditedChange;
}

/**
 * Changes the organization's configuration, and publishes and audits each change in the same transaction. `work` writes
 * and returns what it changed; nothing is published when that is nothing. Changes of one organization wait for each
 * other, so that `previous` always is what `current` of the event before was. Throws 403 for who is no admin or no
 * person.
 */
export async function changeConfiguration(
  deps: Deps,
  principal: Principal,
  work: (transaction: Transaction) => Promise<ConfigurationChange[]>,
): Promise<ConfigurationChangeOut> {
  requireAdmin(principal);
  const { organizationId } = principal;
  const events = await deps.transaction(async (transaction) => {
    const { prisma, sql } = transaction;
    await lockOrganization(sql, organizationId);
    const modifiedBy = await whoModifies(transaction, principal);
    const published: FannedOut[] = [];
    for (const { eventType, history, audit } of await work(transaction)) {
      published.push(await emitEvent(deps, sql, organizationId, eventType, { ...history, modifiedBy }));
      await recordAudit(prisma, principal, audit, deps.clock(), deps.newId());
    }
    return published;
  });
  deps.tally.accepted(events.length);
  if (events.some(({ deliveryCount }) => deliveryCount > 0)) deps.wake();
  return { events: events.map((event) => toPublishedOut(event, false)) };
}

async function whoModifies({ prisma }: Transaction, { userId: id }: Principal) {
  if (id === null) throw new AppError(403, "Only a person may change the organization's configuration.");
  const select = { email: true, firstName: true, lastName: true };
  const { email: username, ...name } = await prisma.user.findUniqueOrThrow({ where: { id }, select });
  return { userId: encodeId("usr", id), username, ...name };
}
