import { Writable } from "node:stream";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encodeId } from "@/lib/domain/ids";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { fanOut } from "./fan-out";
import { DeliveryWorker } from "./worker";

const database = testDatabase();
let lines: string[];
let deps: Deps;
let receiver: WebhookReceiver;

async function start(level: string): Promise<void> {
  lines = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString("utf8"));
      done();
    },
  });
  deps = await createTestDeps(database().url, {}, { log: pino({ level }, stream) });
}

beforeEach(async () => {
  receiver = await startWebhookReceiver();
});
afterEach(async () => {
  await receiver.close();
  await closeTestDeps(deps);
});

async function deliver() {
  const { organizationId } = await createTestPrincipal(deps);
  const url = `${receiver.url}/private-path?token=private-query`;
  const endpoint = await createTestEndpoint(deps, organizationId, url);
  const [event] = await fanOut(deps, deps.sql, organizationId, [
    {
      ...{ eventType: "order.placed", eventTimestamp: deps.clock() },
      ...{ data: { card: "private-data" }, dataText: '{"card":"private-data"}' },
      traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    },
  ]);
  await new DeliveryWorker(deps).drain(20_000);
  const attempts = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => String(msg).startsWith("attempt "));
  return { endpoint, event: event!, attempts };
}

describe("the log line of an attempt", () => {
  it("says what failed in the API's identifiers, with the publisher's trace and no secret", async () => {
    receiver.answer = () => ({
      status: 500,
      headers: { "x-secret": "private-header" },
      body: "private-answer",
    });
    await start("info");
    const { endpoint, event, attempts } = await deliver();
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toMatchObject({
      level: pino.levels.values.info,
      eventId: encodeId("evt", event.id),
      endpointId: encodeId("ep", endpoint.id),
      host: new URL(receiver.url).host,
      purpose: "event",
      deliveryAttempt: 0,
      outcome: "failed",
      statusCode: 500,
      errorCode: "unexpected_status",
      fault: "receiver",
      nextAttemptAt: expect.stringMatching(/Z$/) as string,
      trace_id: "4bf92f3577b34da6a3ce929d0e0e4736",
      parent_span_id: "00f067aa0ba902b7",
    });
    const text = lines.join("");
    expect(text).not.toContain("private-");
    expect(text).not.toContain(endpoint.secret);
  });

  it("is written for a success at debug, and not at info", async () => {
    await start("info");
    expect((await deliver()).attempts).toEqual([]);
    await closeTestDeps(deps);
    await start("debug");
    expect((await deliver()).attempts).toMatchObject([
      { outcome: "succeeded", statusCode: 200, fault: null },
    ]);
  });

  it("is not sent to the endpoint: its headers are fixed", async () => {
    await start("silent");
    await deliver();
    expect(receiver.requests[0]?.headers).not.toHaveProperty("traceparent");
  });
});
