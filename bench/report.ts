import { cpus } from "node:os";
import type { FlatFigures } from "./history";
import type { IngestFigures } from "./ingest";
import type { Latency } from "./latency";
import type { Figure, Spread } from "./measure";

/** Without and with an endpoint that hangs. */
interface Pair {
  alone: number[];
  beside: number[];
}

/** Of each round. */
export interface Figures {
  raw: Figure[];
  engine: Figure[];
  rowByRow: Figure[];
  oneWorker: Figure[];
  twoWorkers: Figure[];
  /** Of each pair of rounds, one right after the other: engine against raw, two workers against one. */
  ofRaw: number[];
  ofOne: number[];
  /** Worker processes whose receiver takes 20 ms to answer. */
  oneOnSlow: Figure[];
  twoOnSlow: Figure[];
  few: Pair;
  many: Pair;
  waitMs: Pair;
  latency: Latency[];
  otherProcessLatency: Latency[];
}

/** Medians over the rounds. */
export interface Result {
  raw: Figure;
  engine: Figure;
  rowByRow: Figure;
  oneWorker: Figure;
  twoWorkers: Figure;
  ofRaw: Spread;
  ofOne: Spread;
  oneOnSlow: Figure;
  twoOnSlow: Figure;
  fairShare: { few: number; many: number };
  waitMs: { alone: number; beside: number };
  latency: Latency;
  otherProcessLatency: Latency;
  flat: (FlatFigures & { attempts: number }) | null;
  ingest: IngestFigures;
}

export function report(result: Result): void {
  const { raw, engine, ofRaw, rowByRow, oneWorker, twoWorkers, oneOnSlow, twoOnSlow, ingest, flat } = result;
  const row = (name: string, figure: Figure) => ({
    "": name,
    "per second": Math.round(figure.perSecond),
    "of raw": ratio(figure.perSecond / raw.perSecond),
    "Node CPU s / 1,000": figure.nodeCpu.toFixed(3),
    "PostgreSQL CPU s / 1,000": figure.postgresCpu.toFixed(3),
  });
  console.table([
    row("raw signed POSTs, nothing stored", raw),
    row("the engine", engine),
    row("one worker process", oneWorker),
    row("two worker processes", twoWorkers),
    row("one, receiver takes 20 ms", oneOnSlow),
    row("two, receiver takes 20 ms", twoOnSlow),
    row("row by row, 16 at once", rowByRow),
  ]);
  const lines = [
    `The engine is ${ratio(engine.perSecond / rowByRow.perSecond)} times row by row. In pairs with raw, one right after the ` +
      `other, it has ${inPairs(ofRaw)} of it.`,
    ...scaling(result),
    ...fairness(result),
    latency("in the same process", result.latency),
    latency("from another process", result.otherProcessLatency),
    `Ingest: ${Math.round(ingest.single)}/s one by one (${ratio(ingest.single / ingest.empty)} of an empty handler), ` +
      `${Math.round(ingest.batched)}/s in batches (${ratio(ingest.batched / ingest.single)} times).`,
  ];
  if (flat) {
    lines.push(
      `With ${flat.attempts} attempts and ${flat.attempts / 10} waiting retries in the tables, claiming and recording take ` +
        `${ratio(flat.fullMs / flat.emptyMs)} times as long (${Math.round(flat.fullMs)} ms per 1,000).`,
    );
  }
  for (const line of [...lines, ...bounds(engine)]) console.log(line);
}

function scaling({ oneWorker, twoWorkers, ofOne, oneOnSlow, twoOnSlow }: Result): string[] {
  const cpu = ({ nodeCpu, postgresCpu, receiverCpu }: Figure) => nodeCpu + postgresCpu + receiverCpu;
  const cores = (figure: Figure) => ratio((cpu(figure) * figure.perSecond) / 1000);
  const against = (two: Figure, one: Figure) =>
    `${ratio(two.perSecond / one.perSecond)} times what one does, for ${ratio(cpu(two) / cpu(one))} times the CPU each, ` +
    `with ${cores(two)} instead of ${cores(one)} of ${cpus().length} cores`;
  return [
    `Two worker processes deliver ${against(twoWorkers, oneWorker)}, each delivery once; in pairs ${inPairs(ofOne)}.`,
    `Where the receiver takes 20 ms to answer, ${against(twoOnSlow, oneOnSlow)}.`,
  ];
}

function fairness({ fairShare, waitMs }: Result): string[] {
  return [
    `Beside an endpoint that hangs and has 100,000 deliveries due first, 99 others keep ${ratio(fairShare.few)} of their rate, ` +
      `10,000 others ${ratio(fairShare.many)}.`,
    `Paced, 99 of 100 deliveries of the others wait less than ${waitMs.beside.toFixed(1)} ms, and ` +
      `${waitMs.alone.toFixed(1)} ms without it.`,
  ];
}

const latency = (where: string, { p50Ms, p99Ms }: Latency) =>
  `Commit to arrival, idle, ${where}: p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms.`;

/** What each part had of the machine: who has all of a core, or all of them together, bounds the rest. */
function bounds({ nodeCpu, postgresCpu, receiverCpu, perSecond }: Figure): string[] {
  const cores = (cpuPerThousand: number) => (cpuPerThousand * perSecond) / 1000;
  const busy = cores(nodeCpu + postgresCpu + receiverCpu);
  const share =
    `The engine had ${ratio(cores(nodeCpu))} cores, PostgreSQL ${ratio(cores(postgresCpu))}, the receiver ` +
    `${ratio(cores(receiverCpu))}: ${ratio(busy)} of ${cpus().length}.`;
  if (busy > 0.9 * cpus().length) return [share, "The machine bounds it: there is hardly a core left."];
  if (cores(nodeCpu) > 0.9) return [share, "The event loop bounds it: a second process would help."];
  return [
    share,
    "Neither a core nor the machine is used up: waiting for each other, for the disk and for a core that another of " +
      "them has bounds it. A second worker would help.",
  ];
}

const inPairs = ({ low, median, high }: Spread) => `${ratio(median)} (${ratio(low)} to ${ratio(high)})`;

const ratio = (value: number) => value.toFixed(2);
