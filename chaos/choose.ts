import type { Scenario } from "./scenario.ts";
import {
  backendKilled,
  databaseFrozen,
  databaseGone,
  everythingKilled,
  postgresKilled,
} from "./scenarios/database.ts";
import { applicationClock, databaseClock, webClock, workerClock } from "./scenarios/clock.ts";
import { connectionsUsedUp, diskFull, journalFull, poolExhausted } from "./scenarios/resources.ts";
import { leaseLost, terminated, webKilled, workerKilled, workerRestarted } from "./scenarios/workers.ts";
import type { Topology } from "./world/world.ts";

/** One scenario on one topology. */
export interface Planned {
  scenario: Scenario;
  topology: Topology;
}

const everything: readonly Scenario[] = [
  workerKilled,
  workerRestarted,
  webKilled,
  leaseLost,
  postgresKilled,
  backendKilled,
  everythingKilled,
  databaseGone(60),
  databaseFrozen,
  connectionsUsedUp,
  poolExhausted,
  terminated,
  diskFull,
  journalFull,
  applicationClock,
  webClock,
  workerClock,
  databaseClock,
];

/** What `npm test` runs of it: at most three minutes, and only where two workers make the difference. */
const quick: readonly Scenario[] = [workerKilled, postgresKilled, databaseGone(8), terminated];

export interface Plan {
  plan: Planned[];
  /** All there is: its table is worth keeping. */
  isWhole: boolean;
  /** Whether Debian's packages may be installed for it. */
  mayInstall: boolean;
  /** After this the run is stopped, and what is left of it counts as failed. */
  minutesMax: number;
}

type Choice = Plan | { unknown: string; names: string[] };

/** Nothing: all of it. `--quick`: the part that `npm test` runs. Else scenarios by name or the beginning of it. */
export function chooseScenarios(args: readonly string[]): Choice {
  if (args.includes("--quick"))
    return {
      plan: quick.map((scenario) => ({ scenario, topology: "external" })),
      isWhole: false,
      mayInstall: false,
      minutesMax: 2.5,
    };
  const words = args.filter((arg) => !arg.startsWith("--"));
  const plan = (["external", "embedded"] as const).flatMap((topology) =>
    everything.filter(({ on }) => on.includes(topology)).map((scenario) => ({ scenario, topology })),
  );
  if (words.length === 0) return { plan, isWhole: true, mayInstall: true, minutesMax: 45 };
  const topologies = words.filter(isTopology);
  const wanted = words.filter((word) => !isTopology(word));
  const names = everything.map(nameOf);
  const matches = (scenario: Scenario, word: string) =>
    names.includes(word) ? nameOf(scenario) === word : nameOf(scenario).startsWith(word);
  const unknown = wanted.find((word) => !everything.some((scenario) => matches(scenario, word)));
  if (unknown !== undefined) return { unknown, names };
  const isChosen = ({ scenario, topology }: Planned) =>
    (wanted.length === 0 || wanted.some((word) => matches(scenario, word))) &&
    (topologies.length === 0 || topologies.includes(topology));
  return { plan: plan.filter(isChosen), isWhole: false, mayInstall: true, minutesMax: 45 };
}

function isTopology(word: string): word is Topology {
  return word === "external" || word === "embedded";
}

/** As one writes it on a command line: `worker-killed`. */
function nameOf({ name }: Scenario): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}
