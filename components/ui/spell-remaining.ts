const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Two units, the smaller padded so that a ticking text keeps its width: `1 d 03 h`, `2 h 14 min`, `4 min 05 s`, `9 s`. Null once over. */
export function spellRemaining(remainingMs: number): string | null {
  if (remainingMs <= 0) return null;
  // The last second is shown as 1, not as 0.
  const ms = Math.ceil(remainingMs / second) * second;
  const part = (unit: number, within: number) => String(Math.floor((ms % within) / unit)).padStart(2, "0");
  if (ms >= day) return `${Math.floor(ms / day)} d ${part(hour, day)} h`;
  if (ms >= hour) return `${Math.floor(ms / hour)} h ${part(minute, hour)} min`;
  if (ms >= minute) return `${Math.floor(ms / minute)} min ${part(second, minute)} s`;
  return `${ms / second} s`;
}
