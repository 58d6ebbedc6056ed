import { afterEach, beforeEach, expect, it } from "vitest";
import { decodeId } from "@/lib/domain/ids";
import type { InboxBehavior } from "@/lib/domain/inbox-answer";
import type { InboxOut } from "@/lib/schemas/inbox";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { crawl, crawlsMax } from "@/lib/server/inbox/crawl";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createInbox } from "@/lib/server/use-cases/create-inbox";
import { getInbox } from "@/lib/server/use-cases/get-inbox";
import { setInboxBehavior } from "@/lib/server/use-cases/set-inbox-behavior";
import { GET, HEAD, POST } from "./route";

const database = testDatabase();
const shared = globalThis as { posthornDeps?: Deps | undefined };
let deps: Deps;
let principal: Principal;
let inbox: InboxOut;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  shared.posthornDeps = deps;
  principal = await createTestPrincipal(deps);
  inbox = await createInbox(deps, principal, { name: "Route" });
});
afterEach(async () => {
  shared.posthornDeps = undefined;
  await closeTestDeps(deps);
});

const context = () => ({
  params: Promise.resolve({ token: inbox.url.slice(inbox.url.lastIndexOf("/") + 1) }),
});
const behave = (behavior: InboxBehavior) =>
  setInboxBehavior(deps, principal, decodeId("inb", inbox.id)!, behavior);
const post = (body: BodyInit, query = "") =>
  POST(new Request(inbox.url + query, { method: "POST", body }), context());

it("answers as it was told to, from the next request on", async () => {
  expect((await post("{}")).status).toBe(200);
  await behave("fail");
  expect((await post("{}")).status).toBe(500);
});

it("redirects to itself, and tells those who follow from the others", async () => {
  await behave("redirect");
  const answer = await post("{}");
  expect(answer.status).toBe(302);
  const location = new URL(answer.headers.get("location") ?? "");
  expect(location.origin + location.pathname).toBe(inbox.url);
  expect((await post("{}", location.search)).status).toBe(200);
});

it("repeats a challenge as JSON, so that nothing in it is ever a page", async () => {
  const challenge = "<script>alert(1)</script>";
  const request = new Request(inbox.url, { headers: { "webhook-verification-challenge": challenge } });
  const answer = await GET(request, context());
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(await answer.json()).toEqual({ verification: challenge });
});

it("stops reading a body at 1 MiB, whatever its length was said to be", async () => {
  let chunksRead = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      chunksRead += 1;
      controller.enqueue(new Uint8Array(64 * 1024));
    },
  });
  const request = new Request(inbox.url, { method: "POST", body: endless, duplex: "half" } as RequestInit);
  expect((await POST(request, context())).status).toBe(413);
  expect(chunksRead).toBeLessThan(20);
});

it("answers HEAD without a body and an unknown address with a problem document", async () => {
  expect(await (await HEAD(new Request(inbox.url, { method: "HEAD" }), context())).text()).toBe("");
  const unknown = await GET(new Request(inbox.url), { params: Promise.resolve({ token: "unknown" }) });
  expect(unknown.status).toBe(404);
  expect(unknown.headers.get("content-type")).toBe("application/problem+json");
});

it("crawls one byte at a time, and no more than twenty times at once", async () => {
  const pace = { everyMs: 1, forMs: 5 };
  expect(await crawl(pace)?.text()).toBe(".....");
  await behave("crawl");
  const crawling = await Promise.all(Array.from({ length: crawlsMax }, () => post("{}")));
  expect(crawling.every(({ status }) => status === 200)).toBe(true);
  const oneTooMany = await post("{}");
  expect(oneTooMany.status).toBe(503);
  expect(oneTooMany.headers.get("retry-after")).toBe("60");
  // Senders that hang up make room.
  await Promise.all(crawling.map(({ body }) => body?.cancel()));
  const next = await post("{}");
  expect(next.status).toBe(200);
  await next.body?.cancel();
  const { requests } = await getInbox(deps, principal, decodeId("inb", inbox.id)!);
  expect(requests.filter(({ answered }) => answered === null)).toHaveLength(crawlsMax + 1);
});
