/** `2026-01-01 10:00 UTC`: minutes are enough to act on, and one zone for everyone who reads it. */
export function utcMinute(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
