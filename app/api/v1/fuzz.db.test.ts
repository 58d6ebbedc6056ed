import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { allOperations } from "@/lib/schemas/operations/all";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { openApiDocument } from "@/lib/server/openapi/document";
import { answerCheck } from "@/lib/server/openapi/testing/answer-check";
import { type DocumentedOperation, operationsOf } from "@/lib/server/openapi/testing/document-operations";
import { createFuzzWorld } from "@/lib/server/openapi/testing/fuzz-world";
import { exampleRequest, type FuzzRequest, requestOf } from "@/lib/server/openapi/testing/request-arbitrary";
import { closeTestDeps, createTestDeps } from "@/lib/server/testing/test-deps";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";

/**
 * Every operation of the OpenAPI document is sent requests that are made from the document, against the real handlers
 * and a real database. A failure prints its seed; `FUZZ_SEED=... FUZZ_RUNS=... FUZZ_MS=...` look closer.
 */
const runs = Number(process.env.FUZZ_RUNS ?? 500);
const millisecondsPerOperation = Number(process.env.FUZZ_MS ?? 1_500);
const seed = process.env.FUZZ_SEED ? { seed: Number(process.env.FUZZ_SEED) } : {};
/** No answer takes longer, on a busy machine either. */
const answerMs = 5_000;

const document = openApiDocument(allOperations, {
  url: "http://posthorn.test",
  version: "0.0.0",
  apiRateLimit: 0,
});
const operations = operationsOf(document);
const check = answerCheck(document);
const database = testDatabase({ per: "file" });
const shared = globalThis as { posthornDeps?: Deps | undefined };
let deps: Deps;
let receiver: WebhookReceiver;

beforeAll(async () => {
  // Names resolve to nothing but this machine: no request of a fuzzer leaves it.
  const lookup = (name: string) =>
    name === "localhost"
      ? Promise.resolve([{ address: "127.0.0.1", family: 4 }])
      : Promise.reject(Object.assign(new Error(`no ${name}`), { code: "ENOTFOUND" }));
  deps = await createTestDeps(database().url, {}, { lookup });
  shared.posthornDeps = deps;
  receiver = await startWebhookReceiver(({ path }) => ({ status: path.includes("bad") ? 500 : 200 }));
});
afterAll(async () => {
  shared.posthornDeps = undefined;
  await receiver.close();
  await closeTestDeps(deps);
});

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

async function handlerOf({ path, method }: DocumentedOperation): Promise<Handler> {
  const folder = path.replaceAll(/\{(\w+)\}/g, "[$1]");
  const route = (await import(new URL(`.${folder}/route.ts`, import.meta.url).pathname)) as Record<
    string,
    Handler
  >;
  return route[method]!;
}

async function send(handle: Handler, given: FuzzRequest) {
  const request = new Request(`http://posthorn.test/api/v1/x${given.query ? `?${given.query}` : ""}`, {
    method: given.method,
    headers: given.headers,
    body: given.body && new Uint8Array(given.body),
  });
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${answerMs} ms`)), answerMs);
  });
  try {
    const answer = await Promise.race([
      handle(request, { params: Promise.resolve(given.pathParameters) }),
      tooLate,
    ]);
    const contentType = answer.headers.get("content-type") ?? "";
    return { status: answer.status, contentType, text: await Promise.race([answer.text(), tooLate]) };
  } finally {
    clearTimeout(timer);
  }
}

it.each(operations.map((operation) => [operation.operationId, operation] as const))(
  "%s answers whatever it is sent as the document says",
  async (_, operation) => {
    const handle = await handlerOf(operation);
    const world = await createFuzzWorld(deps, receiver.url);
    const statuses = new Map<number, number>();
    const property = fc.asyncProperty(requestOf(operation, world), async (request) => {
      const answer = await send(handle, request);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const problem = check(operation, answer);
      if (problem !== null) throw new Error(problem);
    });
    await fc.assert(property, {
      ...seed,
      numRuns: runs,
      examples: [[exampleRequest(operation, world)]],
      interruptAfterTimeLimit: millisecondsPerOperation,
    });
    expect([...statuses.keys()].some((status) => status < 300)).toBe(true);
  },
);
