import { cpus } from "node:os";
import { engineRound, fairRound, rawRound } from "./deliver";
import { ingestRounds } from "./ingest";
import { latencyRound } from "./latency";
import { median, medianFigure, type Figure } from "./measure";
import { rowByRowRound } from "./row-by-row";
import { createWorld } from "./world";

/** npm run bench -- [rounds] [deliveries per round]; bounded, and it stops by itself. */
const rounds = Math.min(20, Math.max(3, Number(process.argv[2] ?? 3)));
const count = Math.min(100_000, Math.max(2_000, Number(process.argv[3] ?? 20_000)));

const say = (text: string) => console.log(`- ${text}`);

async function main(): Promise<void> {
  const figures: Record<"raw" | "engine" | "rowByRow", Figure[]> = { raw: [], engine: [], rowByRow: [] };
  const fair: number[] = [];
  const unblocked: number[] = [];
  const latencies = { p50Ms: [] as number[], p99Ms: [] as number[] };
  const world = await createWorld();
  try {
    for (let round = 1; round <= rounds; round += 1) {
      say(`round ${round} of ${rounds}`);
      figures.raw.push(await rawRound(world, count));
      figures.engine.push(await engineRound(world, count));
      figures.rowByRow.push(await rowByRowRound(world, Math.ceil(count / 10)));
      unblocked.push(await fairRound(world, count, 0));
      fair.push(await fairRound(world, count, 20_000));
      const { p50Ms, p99Ms } = await latencyRound(world, 200);
      latencies.p50Ms.push(p50Ms);
      latencies.p99Ms.push(p99Ms);
    }
  } finally {
    await world.close();
  }
  say("ingest, through a whole instance");
  const ingest = await ingestRounds(rounds);
  report({
    raw: medianFigure(figures.raw),
    engine: medianFigure(figures.engine),
    rowByRow: medianFigure(figures.rowByRow),
    fairShare: median(fair) / median(unblocked),
    latency: { p50Ms: median(latencies.p50Ms), p99Ms: median(latencies.p99Ms) },
    ingest: {
      empty: median(ingest.map((one) => one.empty)),
      single: median(ingest.map((one) => one.single)),
      batched: median(ingest.map((one) => one.batched)),
    },
  });
}

interface Result {
  raw: Figure;
  engine: Figure;
  rowByRow: Figure;
  fairShare: number;
  latency: { p50Ms: number; p99Ms: number };
  ingest: { empty: number; single: number; batched: number };
}

function report(result: Result): void {
  const { raw, engine, rowByRow, fairShare, latency, ingest } = result;
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
    row("row by row, 16 at once", rowByRow),
  ]);
  console.log(`The engine is ${ratio(engine.perSecond / rowByRow.perSecond)} times row by row.`);
  console.log(
    `99 endpoints beside one that hangs, with its backlog first: ${ratio(fairShare)} of their rate without it.`,
  );
  console.log(
    `Commit to arrival, idle: p50 ${latency.p50Ms.toFixed(1)} ms, p99 ${latency.p99Ms.toFixed(1)} ms.`,
  );
  console.log(
    `Ingest: ${Math.round(ingest.single)}/s one by one (${ratio(ingest.single / ingest.empty)} of an empty handler), ` +
      `${Math.round(ingest.batched)}/s in batches (${ratio(ingest.batched / ingest.single)} times).`,
  );
  const busy = (engine.nodeCpu + engine.postgresCpu) * (engine.perSecond / 1000);
  console.log(
    `What bounds it: the engine and PostgreSQL used ${busy.toFixed(1)} of ${cpus().length} cores; the rest is the receiver, the kernel and waiting for the disk.`,
  );
  console.log(JSON.stringify({ rounds, count, cores: cpus().length, ...result }));
}

const ratio = (value: number) => value.toFixed(2);

await main();
