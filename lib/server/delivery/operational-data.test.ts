import fc from "fast-check";
import { expect, it } from "vitest";
import { builtInDataProblems } from "@/lib/domain/catalog/check-data";
import { createdLifecycle, type Lifecycle } from "@/lib/domain/endpoint-lifecycle";
import { resolvePolicy } from "@/lib/domain/failure-policy";
import { foldOutcome } from "@/lib/domain/fold-outcome";
import { operationalData } from "./operational-data";

const hourMs = 3_600_000;
const start = new Date("2026-01-01T00:00:00.000Z");
const defaults = { probationAfterMs: 24 * hourMs, disableAfterMs: 72 * hourMs };
const active: Lifecycle = {
  ...createdLifecycle(start),
  state: "active",
  stateReason: "validated",
  activatedAt: start,
};

/** Every event that outcomes a day apart make of an endpoint, checked against its type. */
function emitted(preset: "chronic" | "streak" | "volume", successes: readonly boolean[]): string[] {
  const rules = { policy: resolvePolicy({ preset }, defaults), onGone: "retry" as const };
  const types: string[] = [];
  let lifecycle = active;
  for (const [index, succeeded] of successes.entries()) {
    const at = new Date(start.getTime() + index * 24 * hourMs);
    const attempt = { succeeded, statusCode: succeeded ? 200 : 500, failure: succeeded ? null : "It failed" };
    const fault = succeeded ? null : ("receiver" as const);
    const outcome = { purpose: "event" as const, ...attempt, fault, startedAt: at, finishedAt: at };
    const step = foldOutcome(lifecycle, rules, outcome);
    for (const effect of step.effects) {
      if (effect.type !== "emit") continue;
      const endpoint = { id: "018f2b6a-91a4-7c3e-8d15-2f60c7a4e9b1", url: "https://example.com/", lifecycle };
      const data: unknown = JSON.parse(
        JSON.stringify(operationalData(endpoint, step.lifecycle, effect.eventType, at)),
      );
      expect(builtInDataProblems(effect.eventType, data)).toEqual([]);
      types.push(effect.eventType);
    }
    lifecycle = step.lifecycle;
  }
  return types;
}

const times = (count: number, succeeded: boolean) => Array.from({ length: count }, () => succeeded);

it("satisfies its type's schema when a warning ends, long after the first success", () => {
  expect(emitted("streak", [...times(5, false), ...times(10, true)])).toEqual(["webhook.recovered"]);
});

it("satisfies its type's schema whatever happens to an endpoint", () => {
  const presets = fc.constantFrom("chronic" as const, "streak" as const, "volume" as const);
  const successes = fc.array(fc.boolean(), { maxLength: 60 });
  fc.assert(fc.property(presets, successes, (preset, given) => void emitted(preset, given)));
});
