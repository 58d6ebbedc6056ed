import fc from "fast-check";
import { answerCheck } from "../lib/server/openapi/testing/answer-check.ts";
import { type DocumentedOperation, operationsOf } from "../lib/server/openapi/testing/document-operations.ts";
import {
  type FuzzRequest,
  type FuzzWorld,
  requestOf,
} from "../lib/server/openapi/testing/request-arbitrary.ts";
import { Api } from "./fixtures/api.ts";
import { bootstrap, startInstance, type Instance } from "./fixtures/instance.ts";
import { type RawAnswer, sendRaw } from "./fixtures/raw-http.ts";
import { expect, test } from "./fixtures/test.ts";

/** What app/api/v1/fuzz.db.test.ts sends to the handlers, here as bytes through the whole server, and no valid HTTP. */
const answerMs = 5_000;
const authorized = `Host: x\r\nConnection: close\r\nAuthorization: Bearer ${bootstrap.apiKey}\r\n`;
const json = `${authorized}Content-Type: application/json\r\n`;
let instance: Instance;

// Of its own: what is published and created here is nobody else's.
test.beforeAll(async () => {
  instance = await startInstance();
});
test.afterAll(() => instance.remove());

/** Whatever came back, it is an answer of the API or of HTTP itself, and no exception of ours. */
function checkAnswer({ status, headers, text }: RawAnswer): void {
  expect(status).toBeLessThan(500);
  if (status < 400 || text === "") return;
  expect(headers["content-type"]).toBe("application/problem+json");
  expect(JSON.parse(text)).toMatchObject({ type: "about:blank", status, title: expect.any(String) });
}

const oddRequests: Record<string, string> = {
  "a percent sign alone": `GET /api/v1/endpoints/% HTTP/1.1\r\n${authorized}\r\n`,
  "half a UTF-8 character": `GET /api/v1/endpoints/%ff HTTP/1.1\r\n${authorized}\r\n`,
  "an encoded surrogate": `PATCH /api/v1/event-types/%ED%A0%80 HTTP/1.1\r\n${authorized}\r\n`,
  "an encoded NUL": `GET /api/v1/endpoints/%00 HTTP/1.1\r\n${authorized}\r\n`,
  "a NUL": `GET /api/v1/\0 HTTP/1.1\r\n${authorized}\r\n`,
  "a path upwards": `GET /api/v1/endpoints/..%2f..%2fhealth HTTP/1.1\r\n${authorized}\r\n`,
  "no path of this site": `GET http://elsewhere.example/api/v1/events HTTP/1.1\r\n${authorized}\r\n`,
  "no path at all": `GET /api/v1 HTTP/1.1\r\n${authorized}\r\n`,
  "a method nobody has": `TRACE /api/v1/events HTTP/1.1\r\n${authorized}\r\n`,
  "a method the path has not": `PUT /api/v1/events HTTP/1.1\r\n${authorized}\r\n`,
  "a method HTTP has not": `ODD /api/v1/events HTTP/1.1\r\n${authorized}\r\n`,
  "a percent sign in the query": `GET /api/v1/events?% HTTP/1.1\r\n${authorized}\r\n`,
  "a query of 100,000 bytes": `GET /api/v1/events?a=${"a".repeat(100_000)} HTTP/1.1\r\n${authorized}\r\n`,
  "2,000 headers": `GET /api/v1/events HTTP/1.1\r\n${authorized}${"a: b\r\n".repeat(2_000)}\r\n`,
  "a body that ends early": `POST /api/v1/events HTTP/1.1\r\n${json}Content-Length: 100\r\n\r\n{`,
  "a length that is none": `POST /api/v1/events HTTP/1.1\r\n${json}Content-Length: abc\r\n\r\n{}`,
  "two lengths": `POST /api/v1/events HTTP/1.1\r\n${json}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
  "a chunk that is none": `POST /api/v1/events HTTP/1.1\r\n${json}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
  "chunks and a length": `POST /api/v1/events HTTP/1.1\r\n${json}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n`,
  "a coding nobody knows": `POST /api/v1/events HTTP/1.1\r\n${json}Transfer-Encoding: odd, chunked\r\n\r\n0\r\n\r\n`,
  "an expectation nobody meets": `POST /api/v1/events HTTP/1.1\r\n${json}Expect: odd\r\nContent-Length: 2\r\n\r\n{}`,
  "a body of 2 MB": `POST /api/v1/events HTTP/1.1\r\n${json}Content-Length: 2000000\r\n\r\n${"[".repeat(2_000_000)}`,
  "a server action that is none": `POST /api/v1/events HTTP/1.1\r\n${json}Next-Action: ${"a".repeat(40)}\r\nContent-Length: 2\r\n\r\n[]`,
  "words of Next's own": `GET /api/v1/events HTTP/1.1\r\n${authorized}x-middleware-subrequest: proxy:proxy:proxy\r\nx-invoke-status: 500\r\nx-matched-path: /\r\n\r\n`,
  "odd cookies": `GET /api/v1/events HTTP/1.1\r\n${authorized}Cookie: a=%; next-auth.session-token=%00; b=%ff\r\n\r\n`,
};

test("answers HTTP that no client library would send, soon and never with a 5xx", async () => {
  for (const [name, request] of Object.entries(oddRequests)) {
    await test.step(name, async () => {
      checkAnswer(await sendRaw(instance.url, Buffer.from(request, "latin1"), answerMs));
    });
  }
  expect(instance.output()).not.toContain("database cannot be reached");
});

/** The request as bytes; its headers may contradict its body. */
function bytesOf({ path }: DocumentedOperation, request: FuzzRequest, escape: boolean): Buffer {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const text = request.pathParameters[name] ?? "";
    return escape && text.isWellFormed() ? encodeURIComponent(text) : text.replaceAll(/[\s?#]/g, "");
  });
  const target = `/api/v1${filled}${request.query ? `?${request.query}` : ""}`;
  const headers = {
    host: "x",
    connection: "close",
    "content-length": String(request.body?.length ?? 0),
    ...request.headers,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = Buffer.from([`${request.method} ${target} HTTP/1.1`, ...lines, "", ""].join("\r\n"), "latin1");
  return Buffer.concat([head, request.body ?? Buffer.alloc(0)]);
}

async function createWorld(api: Api): Promise<FuzzWorld> {
  const { id } = await api.createEndpoint("http://127.0.0.1:65535/");
  const { eventId } = await api.publish();
  const own = { ep: [id], evt: [eventId], name: ["scheduling.smartscheduler.scheduled"] };
  const words = {
    url: ["http://127.0.0.1:65535/", "http://[::1]:65535/"],
    eventType: own.name,
    eventTypes: ["*", "orders.*"],
  };
  return { key: bootstrap.apiKey, otherKeys: ["phk_unknown"], own, foreign: {}, words };
}

test("answers as its own document says, to whatever is made from it", async () => {
  const api = new Api(instance.url);
  // The names in the examples are for reading: no request of a fuzzer asks a resolver.
  const text = JSON.stringify(await api.ok("GET", "/openapi.json")).replaceAll(
    /https:\/\/[\w.-]+\.example/g,
    "http://127.0.0.1:65535",
  );
  const document = JSON.parse(text);
  const check = answerCheck(document);
  const world = await createWorld(api);
  const requests = operationsOf(document).map((operation) =>
    fc.record({
      operation: fc.constant(operation),
      request: requestOf(operation, world),
      escape: fc.boolean(),
    }),
  );
  const property = fc.asyncProperty(fc.oneof(...requests), async ({ operation, request, escape }) => {
    const answer = await sendRaw(instance.url, bytesOf(operation, request, escape), answerMs);
    checkAnswer(answer);
    if (answer.status < 200 || answer.status >= 300 || answer.text === "") return;
    const contentType = answer.headers["content-type"] ?? "";
    expect(check(operation, { status: answer.status, contentType, text: answer.text })).toBeNull();
  });
  await fc.assert(property, { numRuns: 1_500, interruptAfterTimeLimit: 15_000 });
});
