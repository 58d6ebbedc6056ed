export interface Tally {
  passed: number;
  failed: number;
}

export const nothing: Tally = { passed: 0, failed: 0 };

export function add(one: Tally, other: Tally): Tally {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed };
}

/**
 * A runner's own counts, corrected by its exit code: a file that does not load, or a run that was cut off, has no
 * failing test to count and must still count as a failure.
 */
export function honest(counted: Tally, exitCode: number | null): Tally {
  if (exitCode === 0 && counted.failed === 0) return counted;
  return { passed: counted.passed, failed: Math.max(1, counted.failed) };
}
