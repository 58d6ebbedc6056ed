import "server-only";
import { isDeepStrictEqual } from "node:util";
import { streakDefaults, type FailurePolicyChoice } from "@/lib/domain/failure-policy";
import { maskedValue } from "@/lib/schemas/endpoint-settings";
import type { EndpointPatch } from "@/lib/schemas/endpoint";
import { invalid, type FieldProblem } from "@/lib/server/app-error";
import type { EndpointColumns } from "@/lib/server/db/endpoints";
import type { Deps } from "@/lib/server/deps";
import { headersContext } from "@/lib/server/sealing";

/** What an endpoint has when nobody chose otherwise; `url` is always chosen. */
export const defaultColumns: Omit<EndpointColumns, "url"> = {
  description: "",
  eventTypes: ["*"],
  filter: null,
  successStatus: "200",
  onGone: "retry",
  timeoutSeconds: null,
  retrySchedule: [],
  defaultSchedule: true,
  rateLimitPerSecond: null,
  verificationMethod: "test_event",
  challengeHeader: "webhook-verification-challenge",
  failurePolicy: { preset: "chronic" },
  headersSealed: null,
  headerNames: [],
};

/** A request is built from these: workers keep an endpoint until its version is raised. */
const requestColumns: readonly (keyof EndpointColumns)[] = [
  "url",
  "successStatus",
  "timeoutSeconds",
  "retrySchedule",
  "defaultSchedule",
  "rateLimitPerSecond",
  "verificationMethod",
  "challengeHeader",
  "headersSealed",
  "headerNames",
];

type Settings = Omit<EndpointPatch, "url" | "state"> & { url?: string };

/**
 * The columns that `settings` change, against what is stored. Throws 422 for what only shows beside the stored values:
 * a kept header that is not there, thresholds that contradict each other.
 */
export function changedColumns(
  deps: Deps,
  endpointId: string,
  stored: EndpointColumns,
  settings: Settings,
): Partial<EndpointColumns> {
  const wanted: Partial<EndpointColumns> = {
    ...pick(settings, ["url", "description", "eventTypes", "successStatus", "onGone"]),
    ...pick(settings, ["timeoutSeconds", "rateLimitPerSecond"]),
    ...(settings.filter !== undefined && { filter: settings.filter as EndpointColumns["filter"] }),
    ...(settings.failurePolicy && { failurePolicy: settings.failurePolicy }),
    ...(settings.retrySchedule !== undefined && {
      retrySchedule: settings.retrySchedule ?? [],
      defaultSchedule: settings.retrySchedule === null,
    }),
    ...(settings.verification?.method && { verificationMethod: settings.verification.method }),
    ...(settings.verification?.challengeHeader && { challengeHeader: settings.verification.challengeHeader }),
    ...(settings.headers && headerColumns(deps, endpointId, stored, settings.headers)),
  };
  const problems = contradictions(deps, { ...stored, ...wanted });
  if (problems.length > 0) throw invalid(problems);
  const changed = Object.entries(wanted).filter(
    ([name, value]) => !isDeepStrictEqual(value, stored[name as keyof EndpointColumns]),
  );
  return Object.fromEntries(changed) as Partial<EndpointColumns>;
}

export function changesRequest(changed: Partial<EndpointColumns>): boolean {
  return requestColumns.some((name) => name in changed);
}

/** Whether what was proved about the endpoint says nothing about it any more. */
export function changesTarget(changed: Partial<EndpointColumns>, stored: EndpointColumns): boolean {
  if ("url" in changed || "verificationMethod" in changed) return true;
  return "challengeHeader" in changed && stored.verificationMethod === "challenge";
}

function pick<Names extends keyof Settings & keyof EndpointColumns>(
  settings: Settings,
  names: readonly Names[],
): Partial<Pick<EndpointColumns, Names>> {
  const given = names.filter((name) => settings[name] !== undefined).map((name) => [name, settings[name]]);
  return Object.fromEntries(given) as Partial<Pick<EndpointColumns, Names>>;
}

function headerColumns(
  deps: Deps,
  endpointId: string,
  stored: EndpointColumns,
  given: Readonly<Record<string, string>>,
): Partial<EndpointColumns> {
  const context = headersContext(endpointId);
  const before = openedHeaders(deps, stored, context);
  const values = new Map(before.map(([name, value]) => [name.toLowerCase(), value]));
  const missing = Object.keys(given).filter(
    (name) => given[name] === maskedValue && !values.has(name.toLowerCase()),
  );
  if (missing.length > 0) {
    throw invalid(
      missing.map((name) => ({
        path: `headers.${name}`,
        message: `has no stored value that ${maskedValue} could keep; send one`,
      })),
    );
  }
  const after = Object.entries(given).map(([name, value]): [string, string] => [
    name,
    value === maskedValue ? (values.get(name.toLowerCase()) ?? value) : value,
  ]);
  // Sealing the same text again gives another one: only a real change may look like one.
  if (isDeepStrictEqual(before, after)) return {};
  return {
    headersSealed:
      after.length === 0 ? null : deps.sealer.seal(JSON.stringify(Object.fromEntries(after)), context),
    headerNames: after.map(([name]) => name),
  };
}

/** None when they do not open: under a key that is lost they can still be replaced, which is all that is left. */
function openedHeaders(
  { sealer, log }: Deps,
  { headersSealed }: EndpointColumns,
  context: string,
): [string, string][] {
  if (!headersSealed) return [];
  try {
    return Object.entries(JSON.parse(sealer.open(headersSealed, context)) as Record<string, string>);
  } catch (error) {
    log.error({ err: error }, "an endpoint's custom headers do not open");
    return [];
  }
}

function contradictions(deps: Deps, columns: EndpointColumns): FieldProblem[] {
  const problems = policyProblems(deps, columns.failurePolicy as FailurePolicyChoice);
  const challenge = columns.challengeHeader.toLowerCase();
  if (columns.headerNames.some((name) => name.toLowerCase() === challenge)) {
    problems.push({ path: "verification.challengeHeader", message: "is also one of the custom headers" });
  }
  return problems;
}

function policyProblems({ settings }: Deps, policy: FailurePolicyChoice): FieldProblem[] {
  if (policy.preset === "chronic") {
    const { probationAfterMs, disableAfterMs } = settings.chronic;
    const probation = policy.probationAfterSeconds ?? probationAfterMs / 1000;
    const disable = policy.disableAfterSeconds ?? disableAfterMs / 1000;
    if (disable > probation) return [];
    const path = policy.disableAfterSeconds === undefined ? "probationAfterSeconds" : "disableAfterSeconds";
    const message = `probation must begin before the endpoint is disabled: ${probation} s is not before ${disable} s`;
    return [{ path: `failurePolicy.${path}`, message }];
  }
  if (policy.preset === "streak") {
    const { window, warnFailures } = { ...streakDefaults, ...policy };
    if (warnFailures <= window) return [];
    const path = policy.warnFailures === undefined ? "window" : "warnFailures";
    return [{ path: `failurePolicy.${path}`, message: `${warnFailures} of ${window} attempts cannot fail` }];
  }
  return [];
}
