import { describe, expect, it } from "vitest";
import { timeOfUuidV7 } from "@/lib/domain/ids";
import { orderedIds } from "./new-ids";

const at = (milliseconds: number) => new Date(1_700_000_000_000 + milliseconds);

describe("identifiers", () => {
  it("sort in the order in which they were made, also ten thousand within one millisecond", () => {
    const newId = orderedIds(() => at(0));
    const ids = Array.from({ length: 10_000 }, newId);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(timeOfUuidV7(ids.at(-1) ?? "").getTime() - at(0).getTime()).toBeLessThan(5);
  });

  it("go on from the latest when the clock steps back a little, and follow it when it is set back", () => {
    let now = at(500);
    const newId = orderedIds(() => now);
    const first = newId();
    now = at(0);
    expect(newId() > first).toBe(true);
    now = at(-3_600_000);
    expect(timeOfUuidV7(newId())).toEqual(now);
  });
});
