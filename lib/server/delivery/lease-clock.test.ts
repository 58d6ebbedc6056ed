import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { LeaseClock, renewEveryMs } from "./lease-clock";

const midnight = Date.parse("2026-01-01T00:00:00Z");
let elapsedMs: number;
let wallMs: number;
let clock: LeaseClock;

beforeEach(() => {
  elapsedMs = 1_000;
  wallMs = midnight;
  clock = new LeaseClock(
    () => elapsedMs,
    () => wallMs,
  );
});

const pass = (ms: number) => {
  elapsedMs += ms;
  wallMs += ms;
};
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

  it("tells a clock that is wrong from one that only reads a little late", () => {
    expect(clock.aheadMs(at(3_600_000))).toBe(0);
    clock.renewed(at(0));
    pass(3_000);
    for (const ms of [0, 1_000, -1_000]) expect(clock.aheadMs(at(3_000 + ms))).toBe(0);
    for (const ms of [1_001, -1_001, 3_600_000, -3_600_000]) expect(clock.aheadMs(at(3_000 + ms))).toBe(ms);
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

  it("claims nothing after a suspension, which its timer has not counted, before the others have noticed", () => {
    clock.renewed(at(0));
    wallMs += 60_000;
    expect(clock.mayClaim).toBe(false);
    expect(clock.isLate).toBe(true);
    clock.renewed(at(60_000));
    expect(clock.mayClaim).toBe(false);
    pass(6_000);
    expect(clock.mayClaim).toBe(true);
  });

  it("goes on at once when only this machine's clock was set", () => {
    clock.renewed(at(0));
    pass(1_000);
    wallMs -= 3_600_000;
    expect(clock.isLate).toBe(true);
    clock.renewed(at(1_005));
    expect(clock.mayClaim).toBe(true);
  });

  it("does not mind a renewal that comes on time", () => {
    clock.renewed(at(0));
    pass(5_200);
    clock.renewed(at(5_210));
    expect(clock.mayClaim).toBe(true);
  });
});

describe("two workers and a database whose clock is set", () => {
  const hour = 3_600_000;
  const phase = fc.integer({ min: 0, max: renewEveryMs - 1 });

  it.each([
    ["ahead", fc.integer({ min: 20_000, max: hour })],
    ["back", fc.integer({ min: -hour, max: -20_000 })],
  ])("never takes what the other one holds for ended, a jump %s", (_name, jump) => {
    fc.assert(
      fc.property(jump, phase, phase, (jumpMs, ...phases) => {
        const workers = phases.map((renewsAtMs) => worker(renewsAtMs));
        const jumpsAtMs = 20_000;
        const takenAtMs: number[] = [];
        for (elapsedMs = 0; elapsedMs < 60_000; elapsedMs += 100) {
          const databaseNow = at(elapsedMs + (elapsedMs < jumpsAtMs ? 0 : jumpMs));
          for (const one of workers) one.renewWhenDue(databaseNow);
          for (const [mine, other] of [workers, workers.toReversed()])
            if (mine?.takesForEnded(other?.holdsUntil)) takenAtMs.push(elapsedMs);
        }
        expect(takenAtMs).toEqual([]);
      }),
    );
  });

  /** Holds a lease all the time, and renews it every five seconds. */
  function worker(renewsAtMs: number) {
    const timer = () => elapsedMs;
    const own = new LeaseClock(timer, timer);
    let holdsUntil: Date | undefined;
    let nextAtMs = renewsAtMs;
    return {
      get holdsUntil() {
        return holdsUntil;
      },
      renewWhenDue(databaseNow: Date) {
        if (elapsedMs < nextAtMs) return;
        nextAtMs += renewEveryMs;
        holdsUntil = own.leaseUntil(databaseNow);
        own.renewed(databaseNow);
      },
      takesForEnded: (until: Date | undefined) =>
        until !== undefined && own.mayClaim && until.getTime() <= own.now().getTime(),
    };
  }
});
