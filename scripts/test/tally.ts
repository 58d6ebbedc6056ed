export interface Tally {
  passed: number;
  failed: number;
  /** What those that failed have printed, to be read again at the end of a long run. */
  reports: readonly string[];
}

export const nothing: Tally = { passed: 0, failed: 0, reports: [] };
export const onePassed: Tally = { ...nothing, passed: 1 };

/** One failure, and its last lines: of what a runner prints, they tell what failed. */
export function oneFailed(output: string): Tally {
  return { ...nothing, failed: 1, reports: [lastLines(output)] };
}

export function add(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    reports: [...one.reports, ...other.reports],
  };
}

/**
 * A runner's own counts, corrected by its exit code: a file that does not load, or a run that was cut off, has no
 * failing test to count and must still count as a failure.
 */
export function honest(
  counted: { passed: number; failed: number },
  { exitCode, output }: { exitCode: number | null; output: string },
): Tally {
  if (exitCode === 0 && counted.failed === 0) return { ...counted, reports: [] };
  return { passed: counted.passed, failed: Math.max(1, counted.failed), reports: [lastLines(output)] };
}

function lastLines(output: string): string {
  return output.trimEnd().split("\n").slice(-100).join("\n");
}
