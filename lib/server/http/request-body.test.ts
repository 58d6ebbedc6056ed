import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { jsonDepthMax } from "@/lib/domain/json-value";
import { bodyBytesMax, eventsPerBatchMax, pageSizeMax } from "@/lib/domain/limits";
import { EventBatchIn } from "@/lib/schemas/event";
import { allOperations } from "@/lib/schemas/operations/all";
import { readJsonBody } from "./request-body";

const url = "http://x/";
const send = (body: string | Uint8Array<ArrayBuffer>) =>
  readJsonBody(new Request(url, { method: "POST", body }));

/** In pieces, without saying beforehand how long it is. */
function streamed(pieces: number, pieceBytes: number): { request: Request; sent: () => number } {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent === pieces) return controller.close();
      sent += 1;
      controller.enqueue(Buffer.alloc(pieceBytes, " "));
    },
  });
  const init = { method: "POST", body, duplex: "half" };
  return { request: new Request(url, init as RequestInit), sent: () => sent };
}

const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const textOf = (bytes: number) => JSON.stringify("x".repeat(bytes - 2));

describe("a request's body", () => {
  it("may have 1 MiB and not a byte more", async () => {
    expect(bodyBytesMax).toBe(1_048_576);
    await expect(send(textOf(bodyBytesMax))).resolves.toBeDefined();
    await expect(send(textOf(bodyBytesMax + 1))).rejects.toMatchObject({ status: 413 });
  });

  it("is refused as soon as too much of it has come, however much is announced or to follow", async () => {
    const { request, sent } = streamed(1_000, 65_536);
    await expect(readJsonBody(request)).rejects.toMatchObject({ status: 413 });
    expect(sent()).toBeLessThan(20);
    const announced = new Request(url, {
      method: "POST",
      body: "{}",
      headers: { "content-length": "2000000" },
    });
    await expect(readJsonBody(announced)).rejects.toMatchObject({ status: 413 });
  });

  it("may be nested 64 levels and not one more, however deep", async () => {
    await expect(send(nested(jsonDepthMax))).resolves.toBeDefined();
    for (const levels of [jsonDepthMax + 1, 500_000]) {
      await expect(send(nested(levels))).rejects.toMatchObject({ status: 400 });
    }
  });

  it("that is compressed is refused as such, not as JSON that cannot be read", async () => {
    const compressed = (encoding: string) =>
      new Request(url, {
        method: "POST",
        body: gzipSync("{}"),
        headers: { "content-encoding": encoding },
      });
    for (const encoding of ["gzip", "br", "identity, gzip", "GZIP"]) {
      await expect(readJsonBody(compressed(encoding), true)).rejects.toMatchObject({
        status: 415,
        headers: { "accept-encoding": "identity" },
      });
    }
    const plain = { method: "POST", body: "{}", headers: { "content-encoding": "Identity" } };
    await expect(readJsonBody(new Request(url, plain))).resolves.toMatchObject({ value: {} });
  });

  it("may be left out where it is optional, and nowhere else", async () => {
    const without = () => new Request(url, { method: "POST" });
    await expect(readJsonBody(without(), true)).resolves.toEqual({ text: "{}", value: {} });
    await expect(readJsonBody(without())).rejects.toThrow("has no body");
    const given = new Request(url, { method: "POST", body: '{"a":1}' });
    await expect(readJsonBody(given, true)).resolves.toEqual({ text: '{"a":1}', value: { a: 1 } });
  });

  it("is JSON in UTF-8, or refused", async () => {
    for (const body of ["", "{", "nothing", Uint8Array.of(0x22, 0xff, 0x22)]) {
      await expect(send(body)).rejects.toMatchObject({ status: 400 });
    }
  });
});

it("takes a batch of 1,000 events and names the limit of one with more", () => {
  const events = (count: number) => ({
    events: Array.from({ length: count }, () => ({ eventType: "shop.ordered", data: {} })),
  });
  expect(EventBatchIn.safeParse(events(eventsPerBatchMax)).success).toBe(true);
  const refused = EventBatchIn.safeParse(events(eventsPerBatchMax + 1));
  expect(refused.error?.issues).toMatchObject([
    { path: ["events"], message: "must have at most 1000 events" },
  ]);
});

it.each(allOperations.filter(({ query }) => query?.safeParse({ limit: "1" }).data).map(({ id }) => id))(
  "gives no more than 200 items a page to %s",
  (id) => {
    const query = allOperations.find((operation) => operation.id === id)?.query;
    const given = { limit: String(pageSizeMax + 1) };
    const refused = query?.safeParse(given).error?.issues.find(({ path }) => path[0] === "limit");
    expect(refused?.message).toBeDefined();
  },
);
