/** When an endpoint's failures have consequences (contract, section 5: failurePolicy). All durations in milliseconds. */
export type FailurePolicy =
  | { preset: "chronic"; probationAfterMs: number; disableAfterMs: number }
  | {
      preset: "streak";
      window: number;
      warnFailures: number;
      disableConsecutive: number;
      recoverConsecutive: number;
    }
  | { preset: "volume"; disableConsecutive: number };

/** As an endpoint stores it: a preset and what differs from its defaults. */
export type FailurePolicyChoice =
  | { preset: "chronic"; probationAfterSeconds?: number; disableAfterSeconds?: number }
  | {
      preset: "streak";
      window?: number;
      warnFailures?: number;
      disableConsecutive?: number;
      recoverConsecutive?: number;
    }
  | { preset: "volume"; disableConsecutive?: number };

/** The instance's defaults of the chronic policy (POSTHORN_PROBATION_AFTER, POSTHORN_DISABLE_AFTER). */
export interface ChronicDefaults {
  probationAfterMs: number;
  disableAfterMs: number;
}

export const streakDefaults = { window: 10, warnFailures: 5, disableConsecutive: 10, recoverConsecutive: 10 };
export const volumeDefaults = { disableConsecutive: 50 };

/** The policy in force: the choice over the defaults. */
export function resolvePolicy(choice: FailurePolicyChoice, chronic: ChronicDefaults): FailurePolicy {
  switch (choice.preset) {
    case "chronic": {
      const probationAfterMs = inMs(choice.probationAfterSeconds) ?? chronic.probationAfterMs;
      const disableAfterMs = inMs(choice.disableAfterSeconds) ?? chronic.disableAfterMs;
      // One of the two may be the endpoint's own and the other the instance's: the warning still comes first.
      return {
        preset: "chronic",
        probationAfterMs,
        disableAfterMs: Math.max(disableAfterMs, probationAfterMs),
      };
    }
    case "streak":
      return { ...streakDefaults, ...choice };
    case "volume":
      return { ...volumeDefaults, ...choice };
  }
}

/** The later of the end of the failing period and the end of the full warning. */
export function disableMoment(
  failingSince: Date,
  probationSince: Date,
  policy: Extract<FailurePolicy, { preset: "chronic" }>,
): Date {
  const warningMs = policy.disableAfterMs - policy.probationAfterMs;
  return new Date(
    Math.max(failingSince.getTime() + policy.disableAfterMs, probationSince.getTime() + warningMs),
  );
}

const inMs = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : seconds * 1000;
