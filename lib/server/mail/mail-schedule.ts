import "server-only";

const minuteMs = 60_000;
/** Waits after the first, second, ... try. After the last of them the mail has failed. */
const waitsMs = [minuteMs, 5 * minuteMs, 15 * minuteMs, 60 * minuteMs, 240 * minuteMs];

/** When a mail that has been tried `attempts` times is tried again; null when it is given up. */
export function nextMailTry(attempts: number, permanent: boolean, now: Date): Date | null {
  const waitMs = waitsMs[attempts - 1];
  if (permanent || waitMs === undefined) return null;
  return new Date(now.getTime() + waitMs);
}
