import { Agent } from "undici";
import { bootstrap, startInstance } from "../e2e/fixtures/instance";

export interface IngestFigures {
  /** Requests per second of a route handler that does nothing, of POST /events, and events per second of batches. */
  empty: number;
  single: number;
  batched: number;
}

const eventType = "bench.happened";
const concurrency = 32;

/** A whole instance, as `npm start` runs it, asked over HTTP. Nobody subscribes: what is measured is accepting. */
export async function ingestRounds(rounds: number): Promise<IngestFigures[]> {
  // A limit that is never reached, and kept all the same: what it costs is part of the figure.
  const instance = await startInstance({ POSTHORN_ROLE: "all", POSTHORN_API_RATE_LIMIT: "100000" });
  const agent = new Agent({ connections: concurrency, pipelining: 1 });
  const call = async (method: "GET" | "POST", path: string, body?: string) => {
    const headers = { authorization: `Bearer ${bootstrap.apiKey}`, "content-type": "application/json" };
    const answer = await agent.request({ origin: instance.url, path, method, headers, body: body ?? null });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
  };
  try {
    const type = { name: eventType, description: "", schema: { type: "object" }, example: {} };
    await call("POST", "/api/v1/event-types", JSON.stringify(type));
    const event = { eventType, data: { text: "x".repeat(1013) } };
    const small = { eventType, data: { text: "x".repeat(900) } };
    const single = JSON.stringify(event);
    const batch = JSON.stringify({ events: Array.from({ length: 1000 }, () => small) });
    const figures: IngestFigures[] = [];
    for (let round = -1; round < rounds; round += 1) {
      const figure = {
        empty: await rate(2_000, () => call("GET", "/api/health")),
        single: await rate(2_000, () => call("POST", "/api/v1/events", single)),
        batched: 1000 * (await rate(20, () => call("POST", "/api/v1/events/batch", batch), 2)),
      };
      // The first round warms up.
      if (round >= 0) figures.push(figure);
    }
    return figures;
  } finally {
    await agent.close();
    await instance.remove();
  }
}

async function rate(count: number, work: () => Promise<void>, loops = concurrency): Promise<number> {
  let left = count;
  const startedAtMs = performance.now();
  const loop = async () => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: loops }, loop));
  return count / ((performance.now() - startedAtMs) / 1000);
}
