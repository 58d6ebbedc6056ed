import { Load } from "./load.ts";
import { reckon, type Reckoning } from "./reckoning.ts";
import { within, type Outcome } from "./scenario.ts";
import type { Plan, Planned } from "./choose.ts";
import { createWorldOf, NotPossibleHere } from "./world/kinds.ts";
import type { World } from "./world/world.ts";

/** What the table says about one scenario. */
export interface Row extends Reckoning {
  scenario: string;
  database: string;
  /** Null when it did not come to that. */
  outcome: Outcome | null;
  seconds: number;
}

/** Of one scenario; the rest is most likely the same. */
const problemsMax = 8;
/** Nothing takes longer: what does is a failure, too. */
const scenarioMsMax = 5 * 60_000;
/** Accepted before anything breaks, and once more after it is whole again. */
const calmEvents = 200;

/** Runs the plan in its order, one after the other; scenarios of one kind share a world until one of them fails. */
export async function runAll({ plan, mayInstall }: Plan, stop: AbortSignal): Promise<Row[]> {
  const rows: Row[] = [];
  let world: World | null = null;
  let worldOf = "";
  for (const planned of plan) {
    if (stop.aborted) break;
    const wanted = `${planned.topology} ${planned.scenario.kind ?? "plain"}`;
    if (world && worldOf !== wanted) {
      await world.close();
      world = null;
    }
    try {
      world ??= await createWorldOf(planned.scenario.kind ?? "plain", planned.topology, mayInstall);
    } catch (error) {
      if (!(error instanceof NotPossibleHere)) throw error;
      console.log(`- ${planned.scenario.name}, ${planned.topology}: not run, ${error.message}`);
      continue;
    }
    worldOf = wanted;
    const row = await runOne(world, planned, stop);
    rows.push(row);
    console.log(lineOf(row));
    for (const problem of row.problems.slice(0, problemsMax)) console.log(`    ${problem}`);
    if (row.problems.length > 0) {
      await world.close();
      world = null;
    }
  }
  await world?.close();
  return rows;
}

async function runOne(world: World, { scenario }: Planned, stop: AbortSignal): Promise<Row> {
  const startedAtMs = Date.now();
  const load = new Load({ webUrl: world.web.url, ...scenario.load });
  let outcome: Outcome | null = null;
  let failure: string | null = null;
  try {
    await bounded(stop, async () => {
      await world.receiver.answerAfter(40);
      await untilAccepted(load, calmEvents);
      outcome = await scenario.run(world, load);
      await untilAccepted(load, countAccepted(load) + calmEvents);
      await load.finish();
    });
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
    load.abort();
  }
  const mayRepeat = (outcome as Outcome | null)?.mayRepeat ?? new Set<string>();
  // What failed is looked at as it is.
  const drainMsMax = failure === null ? 120_000 : 5_000;
  const reckoning = await reckon(world, load, mayRepeat, drainMsMax).catch((error: Error) =>
    unreckoned(load, error),
  );
  return {
    ...reckoning,
    scenario: scenario.name,
    database: world.database.name,
    outcome,
    seconds: (Date.now() - startedAtMs) / 1000,
    problems: failure === null ? reckoning.problems : [failure, ...reckoning.problems],
  };
}

async function untilAccepted(load: Load, count: number): Promise<void> {
  await within(30_000, "events are accepted", Date.now(), () => countAccepted(load) >= count);
}

function unreckoned(load: Load, error: Error): Reckoning {
  return {
    ...{ accepted: countAccepted(load), delivered: 0, repeated: 0 },
    problems: [`what was delivered could not be counted: ${error.message}`],
  };
}

async function bounded(stop: AbortSignal, work: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const ended = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error("it took longer than five minutes")), scenarioMsMax);
    stop.addEventListener("abort", () => fail(new Error("the run was stopped")), { once: true });
  });
  try {
    await Promise.race([work(), ended]);
  } finally {
    clearTimeout(timer);
  }
}

function countAccepted({ publications }: Load): number {
  return publications.reduce((sum, { eventIds }) => sum + eventIds.length, 0);
}

export function lineOf({
  scenario,
  database,
  accepted,
  delivered,
  repeated,
  outcome,
  problems,
  seconds,
}: Row): string {
  const repeats = outcome
    ? `${repeated} repeated (${outcome.mayRepeat.size} could be: ${outcome.because})`
    : "";
  const recovered = outcome ? `recovered in ${(outcome.recoveredMs / 1000).toFixed(1)} s` : "did not recover";
  return (
    `${problems.length === 0 ? "✓" : "✗"} ${scenario}, ${database}: ${accepted} accepted, ${delivered} delivered, ` +
    `${repeats}, ${recovered} (${seconds.toFixed(0)} s)`
  );
}
