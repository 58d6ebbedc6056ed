import { engineRound, rawRound } from "./deliver";
import { fairRound, fairWaitsRound } from "./fairness";
import { historyRounds } from "./history";
import { ingestRounds } from "./ingest";
import { latencyRound, otherProcessLatencyRound } from "./latency";
import { median, medianFigure, quantile, spread } from "./measure";
import { report, type Figures, type Result } from "./report";
import { rowByRowRound } from "./row-by-row";
import { createWorld, type World } from "./world";
import { workersRound } from "./workers";

/** npm run bench -- [rounds] [deliveries per round] [attempts in the history, 0: none]; bounded, stops by itself. */
const rounds = Math.min(20, Math.max(3, Number(process.argv[2] ?? 5)));
const count = Math.min(100_000, Math.max(2_000, Number(process.argv[3] ?? 20_000)));
const history = Math.min(10_000_000, Math.max(0, Number(process.argv[4] ?? 5_000_000)));

const blocked = 100_000;
const manyEndpoints = 10_000;
const pacedSeconds = 10;
/** Of a receiver that takes 20 ms, a worker gets some 3,000 answers a second: 64 requests are in flight. */
const slowShare = 6_000;

const say = (text: string) => console.log(`- ${text}`);

async function playRound(world: World, figures: Figures): Promise<void> {
  // The pairs that are compared most closely are played twice: a shared machine is not equally fast all the time.
  for (let pair = 0; pair < 2; pair += 1) {
    const raw = await rawRound(world, count);
    const engine = await engineRound(world, count);
    figures.raw.push(raw);
    figures.engine.push(engine);
    figures.ofRaw.push(engine.perSecond / raw.perSecond);
    const one = await workersRound(world, count, 1);
    const two = await workersRound(world, count, 2);
    figures.oneWorker.push(one);
    figures.twoWorkers.push(two);
    figures.ofOne.push(two.perSecond / one.perSecond);
  }
  figures.rowByRow.push(await rowByRowRound(world, Math.ceil(count / 10)));
  figures.oneOnSlow.push(await workersRound(world, slowShare, 1, "/slow"));
  figures.twoOnSlow.push(await workersRound(world, slowShare, 2, "/slow"));
  for (const endpoints of [99, manyEndpoints]) {
    const { alone, beside } = endpoints === 99 ? figures.few : figures.many;
    const deliveries = Math.max(count, endpoints);
    alone.push(await fairRound(world, deliveries, { endpoints, blocked: 0 }));
    beside.push(await fairRound(world, deliveries, { endpoints, blocked }));
  }
  figures.waitMs.alone.push(...(await fairWaitsRound(world, pacedSeconds, { endpoints: 99, blocked: 0 })));
  figures.waitMs.beside.push(...(await fairWaitsRound(world, pacedSeconds, { endpoints: 99, blocked })));
  figures.latency.push(await latencyRound(world, 200));
  figures.otherProcessLatency.push(await otherProcessLatencyRound(world, 200));
}

function summarize(figures: Figures): Omit<Result, "ingest" | "flat"> {
  const latencyOf = (latencies: Figures["latency"]) => ({
    p50Ms: median(latencies.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(latencies.map(({ p99Ms }) => p99Ms)),
  });
  const shareOf = ({ alone, beside }: Figures["few"]) => median(beside) / median(alone);
  return {
    raw: medianFigure(figures.raw),
    engine: medianFigure(figures.engine),
    rowByRow: medianFigure(figures.rowByRow),
    oneWorker: medianFigure(figures.oneWorker),
    twoWorkers: medianFigure(figures.twoWorkers),
    ofRaw: spread(figures.ofRaw),
    ofOne: spread(figures.ofOne),
    oneOnSlow: medianFigure(figures.oneOnSlow),
    twoOnSlow: medianFigure(figures.twoOnSlow),
    fairShare: { few: shareOf(figures.few), many: shareOf(figures.many) },
    waitMs: { alone: quantile(figures.waitMs.alone, 0.99), beside: quantile(figures.waitMs.beside, 0.99) },
    latency: latencyOf(figures.latency),
    otherProcessLatency: latencyOf(figures.otherProcessLatency),
  };
}

async function main(): Promise<void> {
  const figures: Figures = {
    raw: [],
    engine: [],
    rowByRow: [],
    oneWorker: [],
    twoWorkers: [],
    ofRaw: [],
    ofOne: [],
    oneOnSlow: [],
    twoOnSlow: [],
    few: { alone: [], beside: [] },
    many: { alone: [], beside: [] },
    waitMs: { alone: [], beside: [] },
    latency: [],
    otherProcessLatency: [],
  };
  const world = await createWorld();
  let flat: Result["flat"] = null;
  try {
    for (let round = 1; round <= rounds; round += 1) {
      say(`round ${round} of ${rounds}`);
      await playRound(world, figures);
    }
    if (history > 0) {
      say(`a history of ${history} attempts and ${history / 10} waiting retries`);
      flat = { attempts: history, ...(await historyRounds(world, count, rounds, history)) };
    }
  } finally {
    await world.close();
  }
  say("ingest, through a whole instance");
  const ingest = await ingestRounds(rounds);
  const result = {
    ...summarize(figures),
    flat,
    ingest: {
      empty: median(ingest.map((one) => one.empty)),
      single: median(ingest.map((one) => one.single)),
      batched: median(ingest.map((one) => one.batched)),
    },
  };
  report(result);
  console.log(JSON.stringify({ rounds, count, ...result }));
}

await main();
