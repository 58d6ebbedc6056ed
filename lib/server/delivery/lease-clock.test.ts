import { beforeEach, describe, expect, it } from "vitest";
import { LeaseClock } from "./lease-clock";

const midnight = Date.parse("2026-01-01T00:00:00Z");
let elapsedMs: number;
let clock: LeaseClock;

beforeEach(() => {
  elapsedMs = 1_000;
  clock = new LeaseClock(() => elapsedMs);
});

const pass = (ms: number) => (elapsedMs += ms);
const at = (ms: number) => new Date(midnight + ms);

describe("the clock of leases", () => {
  it("claims nothing before it has read the database's clock", () => {
    expect(clock.mayClaim).toBe(false);
    expect(() => clock.now()).toThrow();
    clock.renewed(at(0));
    expect(clock.mayClaim).toBe(true);
  });

  it("goes on with the timer, whatever a process believes the time to be", () => {
    clock.renewed(at(0));
    pass(3_000);
    expect(clock.now()).toEqual(at(3_000));
  });

  it("lets nobody claim with leases that are close to their end", () => {
    clock.renewed(at(0));
    pass(10_001);
    expect(clock.mayClaim).toBe(false);
  });

  it("gives the others two and a half seconds to renew after an outage", () => {
    clock.renewed(at(0));
    pass(60_000);
    clock.renewed(at(60_000));
    expect(clock.mayClaim).toBe(false);
    pass(2_499);
    expect(clock.mayClaim).toBe(false);
    pass(1);
    expect(clock.mayClaim).toBe(true);
  });

  it.each([3_600_000, -3_600_000])(
    "lets every worker notice that the database's clock jumped %d ms",
    (jump) => {
      clock.renewed(at(0));
      pass(5_000);
      clock.renewed(at(5_000 + jump));
      pass(5_000);
      clock.renewed(at(10_000 + jump));
      expect(clock.mayClaim).toBe(false);
      pass(1_000);
      expect(clock.mayClaim).toBe(true);
    },
  );

  it("does not mind a renewal that comes on time", () => {
    clock.renewed(at(0));
    pass(5_200);
    clock.renewed(at(5_210));
    expect(clock.mayClaim).toBe(true);
  });
});
