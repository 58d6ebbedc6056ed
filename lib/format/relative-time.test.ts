import { expect, it } from "vitest";
import { relativeTime } from "@/lib/format/relative-time";

const now = new Date("2026-03-10T12:00:00.000Z");
const after = (ms: number) => relativeTime(new Date(now.getTime() + ms), now);

it.each([
  [0, "just now"],
  [-9_999, "just now"],
  [1, "now"],
  [9_999, "now"],
  [-10_000, "10 sec ago"],
  [-59_999, "59 sec ago"],
  [-60_000, "1 min ago"],
  [-3_599_999, "59 min ago"],
  [-3_600_000, "1 hr ago"],
  [-86_400_000, "1 day ago"],
  [-3 * 86_400_000, "3 days ago"],
  [-40 * 86_400_000, "1 mo ago"],
  [-800 * 86_400_000, "2 yr ago"],
  [30_000, "in 30 sec"],
  [4 * 3_600_000 + 59_000, "in 4 hr"],
  [59_499, "in 59 sec"],
  [59_500, "in 1 min"],
  [59.4 * 60_000, "in 59 min"],
  [59.5 * 60_000, "in 1 hr"],
  [23.4 * 3_600_000, "in 23 hr"],
  [23.5 * 3_600_000, "in 1 day"],
  [42 * 3_600_000, "in 2 days"],
  [-42 * 3_600_000, "1 day ago"],
  [29.5 * 86_400_000, "in 1 mo"],
  [360 * 86_400_000, "in 1 yr"],
])("says of a moment %d ms away: %s", (ms, text) => {
  expect(after(ms)).toBe(text);
});
