import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkEventTypePatterns, matchesEventType } from "@/lib/domain/event-matching";

const part = fc.stringMatching(/^[a-z0-9_]{1,8}$/);
const name = fc.array(part, { minLength: 2, maxLength: 5 }).map((parts) => parts.join("."));

describe("matchesEventType", () => {
  it.each([
    [["*"], "order.shipped", true],
    [["order.shipped"], "order.shipped", true],
    [["order.shipped"], "order.shipped.late", false],
    [["order.shipped"], "order", false],
    [["order.*"], "order.shipped", true],
    [["order.*"], "order.item.shipped", true],
    [["order.*"], "orders.shipped", false],
    [["order.*"], "order", false],
    [["order.*"], "order.", false],
    [["order.item.*"], "order.item.shipped", true],
    [["order.item.*"], "order.shipped", false],
    [["scheduling.*"], "scheduling.smartscheduler.scheduled", true],
    [["invoice.paid", "order.*"], "order.shipped", true],
    [["*.shipped"], "order.shipped", false],
    [["ord*"], "order.shipped", false],
    [[".*"], "order.shipped", false],
    [[""], "order.shipped", false],
    [[], "order.shipped", false],
  ])("%j on %s: %s", (patterns, eventType, expected) => {
    expect(matchesEventType(patterns, eventType)).toBe(expected);
  });

  it("matches a name by itself, by every group above it and by everything, and by no other name", () => {
    fc.assert(
      fc.property(name, name, (each, other) => {
        expect(matchesEventType([each], each)).toBe(true);
        expect(matchesEventType(["*"], each)).toBe(true);
        const parts = each.split(".");
        for (let depth = 1; depth < parts.length; depth++) {
          expect(matchesEventType([`${parts.slice(0, depth).join(".")}.*`], each)).toBe(true);
        }
        expect(matchesEventType([`${each}.*`], each)).toBe(false);
        expect(matchesEventType([other], each)).toBe(other === each);
      }),
    );
  });
});

describe("checkEventTypePatterns", () => {
  const known = ["order.shipped", "order.item.added", "invoice.paid"];

  it.each([
    [["*"]],
    [["order.shipped"]],
    [["order.*"]],
    [["order.item.*", "invoice.paid"]],
    [["*", "invoice.paid"]],
  ])("accepts %j", (patterns) => {
    expect(checkEventTypePatterns(patterns, known)).toEqual([]);
  });

  it.each([
    [[], /at least one/],
    [["order.shiped"], /no event type "order.shiped"/],
    [["orders.*"], /no event type below "orders\.\*"/],
    [["order.shipped.*"], /no event type below/],
    [["order"], /neither an event type's name nor a group/],
    [["Order.Shipped"], /neither/],
    [["order*"], /neither/],
    [["*.shipped"], /neither/],
    [["**"], /neither/],
    [[""], /neither/],
    [["order.shipped", "order.shipped"], /listed twice/],
    [[`${"x".repeat(5000)}`], /^.{1,200}$/],
    [Array.from({ length: 201 }, (_, index) => `order.n${index}`), /At most 200/],
  ])("refuses %j", (patterns, problem) => {
    const problems = checkEventTypePatterns(patterns, known);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });

  it("reports every problem", () => {
    expect(checkEventTypePatterns(["a.b", "order.shipped", "c", "d.*"], known)).toHaveLength(3);
  });

  it("accepts nothing that would match none of the known types", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            name,
            name.map((each) => `${each}.*`),
            fc.string(),
          ),
          { minLength: 1 },
        ),
        (patterns) => {
          const accepted = checkEventTypePatterns(patterns, known).length === 0;
          const useful = patterns.every((each) => known.some((type) => matchesEventType([each], type)));
          expect(accepted && !useful).toBe(false);
        },
      ),
    );
  });
});
