import "server-only";
import type { StateReason } from "@/lib/domain/endpoint-lifecycle";
import { encodeId, uuidV7Floor } from "@/lib/domain/ids";
import { formatDuration } from "@/lib/format/duration";
import type { EndpointPage, InstanceDefaults, ValidationProgress } from "@/lib/schemas/endpoint-page";
import type { EndpointRow } from "@/lib/server/db/endpoints";
import { countHeld, findOpenValidation, listValidationAttempts } from "@/lib/server/db/validations";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { defaultTimeoutSeconds, toEndpointOut } from "./endpoint-out";
import { oldestKeptId } from "./event-range";
import { requireEndpoint } from "./get-endpoint";
import { getStats } from "./get-stats";

const triesShown = 20;
/** A try's id is made a moment after the change of state that it belongs to, by another clock perhaps. */
const clockLagMs = 1_000;

/** Everything that an endpoint's page keeps live. Throws 404. */
export async function getEndpointPage(deps: Deps, principal: Principal, id: string): Promise<EndpointPage> {
  const row = await requireEndpoint(deps, principal, id);
  const [stats, heldCount, validation, createdBy] = await Promise.all([
    getStats(deps, principal, { endpointId: id, bucket: "hour" }),
    row.state === "validating" ? countHeld(deps.sql, principal.organizationId, id) : 0,
    validationOf(deps, row),
    creatorOf(deps, row),
  ]);
  return {
    endpoint: toEndpointOut(row, deps.settings),
    stateReason: row.stateReason as StateReason,
    stateSince: row.stateSince.toISOString(),
    createdBy,
    usesDefaultTimeout: row.timeoutSeconds === null,
    heldCount,
    validation,
    stats,
  };
}

async function validationOf(deps: Deps, row: EndpointRow): Promise<ValidationProgress | null> {
  const isFailed = row.state === "disabled" && row.stateReason === "validation_failed";
  const isJustOver = row.state === "active" && row.stateReason === "validated";
  if (row.state !== "validating" && !isFailed && !isJustOver) return null;
  const { organizationId, id } = row;
  // The state changes when the validation ends, so what led there lies before its beginning.
  const fromMs =
    row.stateSince.getTime() - (row.state === "validating" ? 0 : deps.settings.validation.windowMs);
  const sinceId = [uuidV7Floor(new Date(fromMs - clockLagMs)), oldestKeptId(deps)].sort().at(-1)!;
  const [tries, open] = await Promise.all([
    listValidationAttempts(deps.sql, organizationId, id, { sinceId, limit: triesShown }),
    findOpenValidation(deps.sql, organizationId, id),
  ]);
  return {
    tries: tries.map(({ attemptId, at, ...rest }) => ({
      attemptId: encodeId("att", attemptId),
      at: at.toISOString(),
      ...rest,
    })),
    nextTryAt: open && !open.isLeased ? open.dueAt.toISOString() : null,
    isSending: open?.isLeased ?? false,
  };
}

async function creatorOf({ prisma }: Deps, { createdBy }: EndpointRow): Promise<string | null> {
  if (createdBy === null) return null;
  const user = await prisma.user.findUnique({ where: { id: createdBy }, select: { email: true } });
  return user?.email ?? null;
}

/** What holds where an endpoint says nothing else. */
export function instanceDefaults({ settings }: Deps): InstanceDefaults {
  return {
    timeoutSeconds: defaultTimeoutSeconds(settings.requestTimeoutMs),
    retrySchedule: settings.retryScheduleMs.map(formatDuration),
    probationAfter: formatDuration(settings.chronic.probationAfterMs),
    disableAfter: formatDuration(settings.chronic.disableAfterMs),
    validationWindow: formatDuration(settings.validation.windowMs),
    validationRetryEvery: formatDuration(settings.validation.retryEveryMs),
  };
}
