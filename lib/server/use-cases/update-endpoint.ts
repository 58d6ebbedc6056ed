import "server-only";
import { changePolicy } from "@/lib/domain/change-policy";
import {
  activate,
  changeTarget,
  disableManually,
  type Effect,
  type Lifecycle,
  type Step,
} from "@/lib/domain/endpoint-lifecycle";
import { resolvePolicy, type FailurePolicyChoice } from "@/lib/domain/failure-policy";
import { encodeId } from "@/lib/domain/ids";
import type { EndpointPatch, SavedEndpointOut } from "@/lib/schemas/endpoint";
import { notFound } from "@/lib/server/app-error";
import { recordAudit, type AuditedChange } from "@/lib/server/db/audit";
import {
  findEndpoint,
  updateEndpointColumns,
  type EndpointColumns,
  type EndpointRow,
} from "@/lib/server/db/endpoints";
import { lockEndpoint, storeLifecycles } from "@/lib/server/db/lifecycles";
import { lockOrganization } from "@/lib/server/db/organization-lock";
import type { Transaction } from "@/lib/server/db/sql";
import { applyEffects } from "@/lib/server/delivery/apply-effects";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { auditedSettings } from "./audited-settings";
import { checkEventTypes, checkUrl, type CheckedUrl } from "./check-endpoint-input";
import { changedColumns, changesRequest, changesTarget } from "./endpoint-columns";
import { toSavedEndpointOut } from "./endpoint-out";

/**
 * Changes settings, state or both, all or nothing. A changed URL or verification of an endpoint that is on sends it
 * back to validating, its deliveries held; a changed policy says anew how it is doing. Asking for the state it has or is
 * on its way to changes nothing. Throws 404 and 422.
 */
export async function updateEndpoint(
  deps: Deps,
  principal: Principal,
  id: string,
  patch: EndpointPatch,
): Promise<SavedEndpointOut> {
  const known = await findEndpoint(deps.prisma, principal.organizationId, id);
  if (!known) throw notFound("endpoint");
  const checked = await checkChangedUrl(deps, known, patch.url);
  const saved = await deps.transaction((transaction) =>
    applyPatch(deps, principal, transaction, id, { ...patch, url: checked?.url }),
  );
  deps.wake();
  return toSavedEndpointOut(saved, deps.settings, checked?.warnings ?? []);
}

/** A form sends the URL back as it is: what is stored already is not asked about again. */
async function checkChangedUrl(
  deps: Deps,
  known: EndpointRow,
  text: string | undefined,
): Promise<CheckedUrl | null> {
  if (text === undefined || text === known.url) return null;
  return checkUrl(deps, text);
}

async function applyPatch(
  deps: Deps,
  principal: Principal,
  { prisma, sql }: Transaction,
  id: string,
  { state, url, ...settings }: EndpointPatch,
): Promise<EndpointRow> {
  const { organizationId } = principal;
  if (settings.eventTypes) {
    // Locked, so that none of them is deleted before the subscription stands.
    await lockOrganization(sql, organizationId);
    await checkEventTypes({ sql }, principal, settings.eventTypes);
  }
  const locked = await lockEndpoint(sql, organizationId, id);
  const stored = locked && (await findEndpoint(prisma, organizationId, id));
  if (!locked || !stored) throw notFound("endpoint");
  const now = deps.clock();
  const changed = changedColumns(deps, id, stored, { ...settings, ...(url !== undefined && { url }) });
  const step = nextStep(deps, locked.lifecycle, {
    state,
    targetChanged: changesTarget(changed, stored),
    policy: (changed.failurePolicy as FailurePolicyChoice | undefined) ?? null,
    now,
  });
  const isChanged = Object.keys(changed).length > 0;
  if (isChanged || step.lifecycle !== locked.lifecycle) {
    // What workers have claimed ahead is theirs to send only while the endpoint is as they know it.
    const raisesVersion = changesRequest(changed) || step.lifecycle.state !== locked.lifecycle.state;
    await updateEndpointColumns(prisma, organizationId, id, changed, { now, raisesVersion });
  }
  if (step.lifecycle !== locked.lifecycle) {
    await storeLifecycles(sql, [{ id, lifecycle: step.lifecycle }]);
    const endpoint = { ...locked, url: changed.url ?? locked.url };
    const { actor, actorLabel } = principal;
    await applyEffects(deps, sql, endpoint, step, { actor, actorLabel });
  }
  await audit(
    deps,
    principal,
    { prisma, sql },
    { stored, changed, from: locked.lifecycle, to: step.lifecycle },
  );
  return (await findEndpoint(prisma, organizationId, id)) ?? stored;
}

interface Wish {
  state: EndpointPatch["state"];
  targetChanged: boolean;
  /** Null: it stays. */
  policy: FailurePolicyChoice | null;
  now: Date;
}

/** Off before, on after the new target is known: a changed URL is never tested on the way to being switched off. */
function nextStep({ settings }: Deps, lifecycle: Lifecycle, wish: Wish): Step {
  const { state, targetChanged, policy, now } = wish;
  const effects: Effect[] = [];
  let next = lifecycle;
  const take = (step: Step) => {
    next = step.lifecycle;
    effects.push(...step.effects);
  };
  if (state === "disabled") take(disableManually(next, now));
  if (targetChanged) take(changeTarget(next, settings.validation, now));
  if (policy) take(changePolicy(next, resolvePolicy(policy, settings.chronic)));
  if (state === "active") take(activate(next, settings.validation, now));
  return { lifecycle: next, effects };
}

interface Change {
  stored: EndpointRow;
  changed: Partial<EndpointColumns>;
  from: Lifecycle;
  to: Lifecycle;
}

async function audit(
  deps: Deps,
  principal: Principal,
  { prisma }: Transaction,
  { stored, changed, from, to }: Change,
): Promise<void> {
  const names = Object.keys(changed) as (keyof EndpointColumns)[];
  const stateChanged = from.state !== to.state;
  if (names.length === 0 && !stateChanged) return;
  const was = Object.fromEntries(names.map((name) => [name, stored[name]])) as Partial<EndpointColumns>;
  const change: AuditedChange = {
    action:
      names.length > 0
        ? "endpoint.updated"
        : to.state === "disabled"
          ? "endpoint.disabled"
          : "endpoint.activated",
    target: encodeId("ep", stored.id),
    before: { ...auditedSettings(was, "not shown"), ...(stateChanged && { state: from.state }) },
    after: { ...auditedSettings(changed), ...(stateChanged && { state: to.state }) },
  };
  await recordAudit(prisma, principal, change, deps.clock(), deps.newId());
}
