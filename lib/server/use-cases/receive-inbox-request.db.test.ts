import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signatureHeader, secretKey } from "@/lib/domain/signature";
import { decodeId } from "@/lib/domain/ids";
import { inboxRequestsMax, type InboxOut } from "@/lib/schemas/inbox";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { clearInbox } from "./clear-inbox";
import { createInbox } from "./create-inbox";
import { deleteInbox } from "./delete-inbox";
import { getInbox } from "./get-inbox";
import { getInboxRequest } from "./get-inbox-request";
import { listInboxes } from "./list-inboxes";
import { receiveInboxRequest } from "./receive-inbox-request";
import { setInboxBehavior } from "./set-inbox-behavior";

const database = testDatabase();
let deps: Deps;
let principal: Principal;
let inbox: InboxOut;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  principal = await createTestPrincipal(deps, "developer");
  inbox = await createInbox(deps, principal, { name: "First look" });
});
afterEach(() => closeTestDeps(deps));

const uuidOf = (id: string, prefix: "inb" | "ibr" = "inb"): string => decodeId(prefix, id)!;
const tokenOf = ({ url }: InboxOut): string => url.slice(url.lastIndexOf("/") + 1);
const body = '{"eventType":"orders.order.created","data":{"total":1.10}}';

function signed(secret: string, text = body, at = new Date()): Headers {
  const seconds = Math.floor(at.getTime() / 1000);
  return new Headers({
    "content-type": "application/json",
    "webhook-id": "evt_1",
    "webhook-timestamp": String(seconds),
    "webhook-signature": signatureHeader([secretKey(secret)], "evt_1", seconds, text),
  });
}

function post(headers: Headers, text: string | null = body) {
  return receiveInboxRequest(deps, tokenOf(inbox), {
    method: "POST",
    query: "",
    headers,
    body: text === null ? null : Buffer.from(text),
  });
}

const page = () => getInbox(deps, principal, uuidOf(inbox.id));

describe("what an inbox says about a signature", () => {
  it("confirms a request that the endpoint's secret signed, and keeps it to the byte", async () => {
    const { secret } = await createTestEndpoint(deps, principal.organizationId, inbox.url);
    await post(signed(secret));
    const [request] = (await page()).requests;
    expect(request).toMatchObject({ signature: "valid", answered: 200, eventType: "orders.order.created" });
    const detail = await getInboxRequest(deps, principal, uuidOf(inbox.id), uuidOf(request!.id, "ibr"));
    expect(detail.body).toBe(body);
    expect(detail.headers).toContainEqual({ name: "webhook-id", value: "evt_1" });
  });

  it("says what is wrong with a body that was changed on the way", async () => {
    const { secret } = await createTestEndpoint(deps, principal.organizationId, inbox.url);
    await post(signed(secret), body.replace("1.10", "1.1"));
    const [request] = (await page()).requests;
    expect(request?.signature).toBe("invalid");
    expect(request?.verdict).toMatch(/signature|body/i);
  });

  it("names the missing header of a request without a signature", async () => {
    await createTestEndpoint(deps, principal.organizationId, inbox.url);
    await post(new Headers({ "webhook-id": "evt_1", "webhook-timestamp": "1" }));
    expect((await page()).requests[0]).toMatchObject({ signature: "invalid" });
    expect((await page()).requests[0]?.verdict).toContain("webhook-signature");
  });

  it("does not blame the signature when the sender hung up halfway", async () => {
    const { secret } = await createTestEndpoint(deps, principal.organizationId, inbox.url);
    const headers = signed(secret);
    headers.set("content-length", String(body.length));
    await post(headers, body.slice(0, 10));
    expect((await page()).requests[0]).toMatchObject({ signature: "unchecked" });
    expect((await page()).requests[0]?.verdict).toContain("hung up");
  });

  it("does not take the secret of another organization's endpoint, even at the same URL", async () => {
    const stranger = await createTestPrincipal(deps);
    const { secret } = await createTestEndpoint(deps, stranger.organizationId, inbox.url);
    await post(signed(secret));
    const { requests, endpoints } = await page();
    expect(requests[0]).toMatchObject({ signature: "invalid" });
    expect(requests[0]?.verdict).toContain("No endpoint of this organization");
    expect(endpoints).toEqual([]);
  });
});

describe("what an inbox answers", () => {
  it("repeats a challenge under the header name that its endpoint has chosen", async () => {
    await createTestEndpoint(deps, principal.organizationId, inbox.url, { challengeHeader: "x-prove-it" });
    const headers = new Headers({ "x-prove-it": 'a"b' });
    const request = { method: "GET", query: "", headers, body: Buffer.alloc(0) };
    const answer = await receiveInboxRequest(deps, tokenOf(inbox), request);
    expect(answer).toMatchObject({ status: 200, body: '{"verification":"a\\"b"}' });
    expect((await page()).requests[0]).toMatchObject({ signature: "unchecked", method: "GET" });
  });

  it("changes with the next request when it is told to", async () => {
    await setInboxBehavior(deps, principal, uuidOf(inbox.id), "fail");
    expect(await post(new Headers())).toMatchObject({ status: 500 });
    await setInboxBehavior(deps, principal, uuidOf(inbox.id), "redirect");
    expect(await post(new Headers())).toMatchObject({ status: 302 });
    await setInboxBehavior(deps, principal, uuidOf(inbox.id), "crawl");
    expect(await post(new Headers())).toEqual({ kind: "crawl" });
    expect((await page()).requests.map(({ answered }) => answered)).toEqual([null, 302, 500]);
  });

  it("refuses a body over 1 MiB and says so in the list", async () => {
    expect(await post(new Headers(), null)).toMatchObject({ status: 413 });
    expect((await page()).requests[0]).toMatchObject({ answered: 413, signature: "unchecked", bodyBytes: 0 });
  });

  it("has nothing to say at an address that does not exist or was deleted", async () => {
    expect(
      await receiveInboxRequest(deps, "0".repeat(32), {
        method: "POST",
        query: "",
        headers: new Headers(),
        body: null,
      }),
    ).toBeNull();
    await deleteInbox(deps, principal, uuidOf(inbox.id));
    expect(await post(new Headers())).toBeNull();
  });

  it("has nothing to say at an address that the database could not look up", async () => {
    const request = { method: "GET", query: "", headers: new Headers(), body: null };
    expect(await receiveInboxRequest(deps, "\u0000", request)).toBeNull();
  });
});

describe("what an inbox keeps", () => {
  it(`holds on to the last ${inboxRequestsMax} requests`, async () => {
    for (let count = 0; count < inboxRequestsMax + 3; count += 1) await post(new Headers(), `{"n":${count}}`);
    const { requests, requestCount } = await page();
    expect(requestCount).toBe(inboxRequestsMax);
    const newest = await getInboxRequest(deps, principal, uuidOf(inbox.id), uuidOf(requests[0]!.id, "ibr"));
    expect(JSON.parse(newest.body)).toEqual({ n: inboxRequestsMax + 2 });
    await clearInbox(deps, principal, uuidOf(inbox.id));
    expect((await page()).requests).toEqual([]);
  });

  it("shows the headers of the sender, not those that this server adds on the way", async () => {
    await post(
      new Headers({ "x-mine": "1", "x-forwarded-host": "h", "x-posthorn-path": "/in/x", "x-nonce": "n" }),
    );
    const [row] = (await page()).requests;
    const { headers } = await getInboxRequest(deps, principal, uuidOf(inbox.id), uuidOf(row!.id, "ibr"));
    expect(headers).toEqual([{ name: "x-mine", value: "1" }]);
  });

  it("keeps bytes that are not text without failing", async () => {
    const request = {
      method: "PUT",
      query: "?a=%00",
      headers: new Headers(),
      body: Buffer.from([0, 255, 10]),
    };
    await receiveInboxRequest(deps, tokenOf(inbox), request);
    const [row] = (await page()).requests;
    const detail = await getInboxRequest(deps, principal, uuidOf(inbox.id), uuidOf(row!.id, "ibr"));
    expect(detail).toMatchObject({ isText: false, bodyBytes: 3, method: "PUT", query: "?a=%00" });
  });

  it("lets an organization have ten inboxes, also when several are made at once", async () => {
    const more = Array.from({ length: 12 }, (_, number) =>
      createInbox(deps, principal, { name: `Inbox ${number}` }),
    );
    const results = await Promise.allSettled(more);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(9);
    expect(await listInboxes(deps, principal)).toHaveLength(10);
  });
});

it("is not there for another organization", async () => {
  await post(new Headers());
  const stranger = await createTestPrincipal(deps);
  const id = uuidOf(inbox.id);
  const requestId = uuidOf((await page()).requests[0]!.id, "ibr");
  expect(await listInboxes(deps, stranger)).toEqual([]);
  const refused = [
    () => getInbox(deps, stranger, id),
    () => getInboxRequest(deps, stranger, id, requestId),
    () => setInboxBehavior(deps, stranger, id, "fail"),
    () => clearInbox(deps, stranger, id),
    () => deleteInbox(deps, stranger, id),
  ];
  for (const attempt of refused) await expect(attempt()).rejects.toMatchObject({ status: 404 });
  expect((await page()).requests).toHaveLength(1);
});
