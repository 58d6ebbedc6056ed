import { describe, expect, it } from "vitest";
import { deliveryStates } from "@/lib/domain/delivery-settlement";
import { retryRefusal, type RetryCandidate } from "./delivery-retry";

const exhausted: RetryCandidate = {
  purpose: "event",
  state: "exhausted",
  isWaiting: false,
  endpointState: "active",
  endpointDeleted: false,
  eventKept: true,
};

describe("a retry by hand", () => {
  it("is possible for every finished delivery of an active endpoint, and for no other that is not waiting", () => {
    const allowed = deliveryStates.filter((state) => retryRefusal({ ...exhausted, state }) === null);
    expect(allowed).toEqual(["succeeded", "exhausted", "discarded", "canceled"]);
    expect(retryRefusal({ ...exhausted, purpose: "replay" })).toBeNull();
  });

  it("brings forward what waits for its next attempt, where the endpoint is active", () => {
    const waiting: RetryCandidate = { ...exhausted, state: "pending", isWaiting: true };
    expect(retryRefusal(waiting)).toBeNull();
    expect(retryRefusal({ ...waiting, purpose: "validation" })).toMatch(/starts a new one/);
    expect(retryRefusal({ ...waiting, eventKept: false })).toMatch(/past the retention/);
  });

  it.each<[string, Partial<RetryCandidate>, RegExp]>([
    ["a deleted endpoint", { endpointDeleted: true }, /deleted/],
    ["a disabled endpoint", { endpointState: "disabled" }, /Activate it first/],
    ["an endpoint that is being validated", { endpointState: "validating" }, /once it is active/],
    ["an event past the retention", { eventKept: false }, /past the retention/],
    ["a test", { purpose: "test" }, /Send a new one/],
    ["a validation", { purpose: "validation" }, /starts a new one/],
    ["a delivery that is due or in flight", { state: "pending" }, /on its way already/],
    ["a held delivery", { state: "held" }, /held until the endpoint is active/],
  ])("is refused for %s, saying what to do", (_what, changes, reason) => {
    expect(retryRefusal({ ...exhausted, ...changes })).toMatch(reason);
  });
});
