import { describe, expect, it } from "vitest";
import { resolveTimeRange, toLocalInput } from "@/components/ui/filter-bar/time-range";

const now = new Date("2026-03-10T12:00:00Z");
const none = { range: null, since: null, until: null };

describe("resolveTimeRange", () => {
  it("takes the fallback when nothing is chosen, and stays open at the end", () => {
    expect(resolveTimeRange(none, now, "24h")).toEqual({
      since: new Date("2026-03-09T12:00:00Z"),
      until: null,
    });
  });

  it("prefers a preset over leftovers of a custom range", () => {
    const leftover = { range: "1h" as const, since: new Date(0), until: new Date(1) };
    expect(resolveTimeRange(leftover, now)).toEqual({ since: new Date("2026-03-10T11:00:00Z"), until: null });
  });

  it("keeps a custom range as it is", () => {
    const since = new Date("2026-03-08T00:00:00Z");
    const until = new Date("2026-03-08T06:00:00Z");
    expect(resolveTimeRange({ range: null, since, until }, now)).toEqual({ since, until });
  });

  it("counts back from the end when only the end is given", () => {
    const until = new Date("2026-03-08T06:00:00Z");
    expect(resolveTimeRange({ ...none, until }, now, "1h").since).toEqual(new Date("2026-03-08T05:00:00Z"));
  });
});

it("writes a local input that reads back as the same minute", () => {
  expect(new Date(toLocalInput(now))).toEqual(now);
});
