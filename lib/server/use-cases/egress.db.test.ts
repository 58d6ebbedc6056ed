import { type AddressInfo, createServer, type Server } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { decodeId } from "@/lib/domain/ids";
import { EndpointIn, EndpointPatch } from "@/lib/schemas/endpoint";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { ResolvedAddress } from "@/lib/server/http/outbound/resolve-addresses";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { activateEndpoint } from "./activate-endpoint";
import { createEndpoint } from "./create-endpoint";
import { getAttempt } from "./get-attempt";
import { testEndpoint } from "./test-endpoint";
import { updateEndpoint } from "./update-endpoint";
import { fanOut } from "@/lib/server/delivery/fan-out";
import { DeliveryWorker } from "@/lib/server/delivery/worker";

/**
 * Every way in which Posthorn calls a URL, against every spelling of a place that it must not call. The proof is a
 * server on this machine that nobody connects to, not only the error code. There are no previews over the network and
 * no logo URLs: a page shows nothing from elsewhere.
 */
const database = testDatabase({ per: "file" });
let deps: Deps;
let principal: Principal;
let canary: Server;
let port: number;
let connections = 0;
/** Listens where calls are allowed. */
let allowed: WebhookReceiver;
/** What names resolve to; the second answer and all later ones, where a name rebinds. */
const answers = new Map<string, string[]>();
const asked = new Map<string, number>();

const lookup = (name: string): Promise<ResolvedAddress[]> => {
  const given = answers.get(name) ?? [];
  const count = asked.get(name) ?? 0;
  asked.set(name, count + 1);
  const address = given[Math.min(count, given.length - 1)];
  if (!address) return Promise.reject(Object.assign(new Error(`no ${name}`), { code: "ENOTFOUND" }));
  return Promise.resolve([{ address, family: address.includes(":") ? 6 : 4 }]);
};

beforeAll(async () => {
  canary = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  // On every address of this machine, in both families.
  await new Promise<void>((done) => canary.listen(0, "::", done));
  port = (canary.address() as AddressInfo).port;
  const allowance = { POSTHORN_EGRESS_ALLOW: "127.9.9.9/32" };
  deps = await createTestDeps(database().url, allowance, { lookup });
  principal = await createTestPrincipal(deps);
  allowed = await startWebhookReceiver(() => ({ status: 200 }), "127.9.9.9");
});
afterAll(async () => {
  await allowed.close();
  await new Promise((done) => canary.close(done));
  await closeTestDeps(deps);
});
beforeEach(() => {
  connections = 0;
  asked.clear();
});

/** Stored without the check at saving, as if a name had been public then, or the check had a hole. */
const stored = (url: string, changes = {}) =>
  createTestEndpoint(deps, principal.organizationId, url, {
    retrySchedule: [],
    defaultSchedule: false,
    ...changes,
  });

const lastAttempt = async (endpointId: string) => {
  const rows = await deps.sql<{ id: string }>(
    "SELECT id FROM attempt WHERE endpoint_id = $1 ORDER BY id DESC LIMIT 1",
    [endpointId],
  );
  return getAttempt(deps, principal, rows[0]!.id);
};

/** Each returns the attempt that it came to. */
const paths = {
  "an event's delivery": async (url: string) => {
    const { id } = await stored(url);
    const event = { eventType: "invoice.paid", eventTimestamp: deps.clock(), data: {}, dataText: "{}" };
    await fanOut(deps, deps.sql, principal.organizationId, [event]);
    await new DeliveryWorker(deps).drain(10_000);
    const attempt = await lastAttempt(id);
    await deps.prisma.endpoint.delete({ where: { id } });
    return attempt;
  },
  "a test": async (url: string) => {
    const { id } = await stored(url, { state: "disabled" });
    return getAttempt(deps, principal, await testEndpoint(deps, principal, id, {}));
  },
  "the validation's test event": async (url: string) => validated(url, "test_event"),
  "the validation's challenge": async (url: string) => validated(url, "challenge"),
};

async function validated(url: string, verificationMethod: "test_event" | "challenge") {
  const { id } = await stored(url, { state: "disabled", verificationMethod });
  await activateEndpoint(deps, principal, id);
  await new DeliveryWorker(deps).drain(10_000);
  const attempt = await lastAttempt(id);
  await deps.prisma.endpoint.delete({ where: { id } });
  return attempt;
}

/** Each leads to this machine, or to somewhere else that is nobody's business. `#` stands for the canary's port. */
const literals = [
  "http://127.0.0.1:#/",
  "http://2130706433:#/",
  "http://0x7f000001:#/",
  "http://0x7f.1:#/",
  "http://0177.0.0.1:#/",
  "http://0177.0x0.1:#/",
  "http://127.1:#/",
  "http://127.0.1:#/",
  "http://127.0.0.1.:#/",
  "http://0:#/",
  "http://0.0.0.0:#/",
  "http://１２７.０.０.１:#/",
  "http://①②⑦.⓪.⓪.①:#/",
  "http://127。0。0。1:#/",
  "http://%31%32%37.0.0.1:#/",
  "http://[::1]:#/",
  "http://[0:0:0:0:0:0:0:1]:#/",
  "http://[::]:#/",
  "http://[::ffff:127.0.0.1]:#/",
  "http://[::ffff:7f00:1]:#/",
  "http://[::127.0.0.1]:#/",
  "http://[::ffff:0:127.0.0.1]:#/",
  "http://[64:ff9b::127.0.0.1]:#/",
  "http://[64:ff9b:1::1]:#/",
  "http://[2002:7f00:1::]:#/",
  "http://[2001:0:7f00:1::]:#/",
  "http://[fe80::1]:#/",
  "http://[fd00::1]:#/",
  "http://10.0.0.1/",
  "http://169.254.169.254/latest/meta-data/",
  "http://192.168.0.1/",
  "http://100.64.0.1/",
  "http://224.0.0.1/",
  "http://255.255.255.255/",
];
const names = {
  "private.example": ["10.0.0.5"],
  "loopback.example": ["127.0.0.1"],
  "metadata.example": ["169.254.169.254"],
  "mapped.example": ["::ffff:127.0.0.1"],
  "nat64.example": ["64:ff9b::7f00:1"],
  "six.example": ["::1"],
  "xn--bcher-kva.example": ["127.0.0.1"],
};
for (const [name, given] of Object.entries(names)) answers.set(name, given);
const urls = [
  ...literals,
  ...Object.keys(names).map((name) => `http://${name}:#/`),
  "http://loopback.example.:#/",
  "http://LOOPBACK.example:#/",
  "http://bücher.example:#/",
];
const filled = (url: string) => url.replace("#", String(port));

it("the canary notices who connects", async () => {
  await expect(fetch(filled("http://127.0.0.1:#/"))).rejects.toThrow();
  await expect(fetch(filled("http://127.1.2.3:#/"))).rejects.toThrow();
  expect(connections).toBe(2);
});

describe.each(Object.entries(paths))("%s", (_, call) => {
  it("reaches none of the places that are not called, and says so in its row", async () => {
    for (const url of urls) {
      const attempt = await call(filled(url));
      expect(attempt, url).toMatchObject({
        outcome: "failed",
        statusCode: 0,
        errorCode: "blocked_address",
        fault: "receiver",
        response: null,
      });
      expect(attempt.errorMessage, url).toMatch(/ is not called\. Use a public address, or ask the operator/);
    }
    expect(connections).toBe(0);
  });

  it("is not led inside by a redirect", async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      allowed.answer = () => ({ status, headers: { location: filled("http://127.0.0.1:#/") } });
      expect(await call(allowed.url)).toMatchObject({ outcome: "failed", statusCode: status });
    }
    allowed.answer = () => ({ status: 200 });
    expect(connections).toBe(0);
  });

  it("does not connect to what a name has become since it was saved", async () => {
    answers.set("rebinding.example", ["93.184.216.34", "127.0.0.1"]);
    const url = filled("http://rebinding.example:#/");
    const made = await createEndpoint(deps, principal, EndpointIn.parse({ url }));
    expect(made.warnings).toBeUndefined();
    expect(await call(url)).toMatchObject({ errorCode: "blocked_address" });
    expect(connections).toBe(0);
  });
});

describe("saving", () => {
  const saved = async (url: string) => {
    const refusals: unknown[] = [];
    const creation = createEndpoint(deps, principal, EndpointIn.parse({ url }));
    refusals.push(await creation.catch((error: unknown) => error));
    const made = await createEndpoint(deps, principal, EndpointIn.parse({ url: allowed.url }));
    const change = updateEndpoint(deps, principal, decodeId("ep", made.id)!, EndpointPatch.parse({ url }));
    refusals.push(await change.catch((error: unknown) => error));
    await deps.prisma.endpoint.deleteMany({ where: { organizationId: principal.organizationId } });
    return refusals;
  };

  it("a URL that is not called is refused with the reason, when it is new and when it is changed", async () => {
    for (const url of urls) {
      for (const refusal of await saved(filled(url))) {
        expect(refusal, url).toMatchObject({
          status: 422,
          errors: [{ path: "url", message: expect.stringMatching(/Use a public address/) }],
        });
      }
    }
    expect(connections).toBe(0);
  });

  it.each([
    ["http://[fe80::1%25eth0]:#/", /not a valid URL|is not called/],
    ["http://user:password@loopback.example:#/", /user name or password/],
    ["http://example.com:22/", /Port 22 belongs to another protocol/],
    ["http://example.com:99999/", /not a valid URL/],
    ["file:///etc/passwd", /scheme file: cannot be called/],
    ["gopher://example.com/", /scheme gopher: cannot be called/],
    ["data:text/plain,x", /scheme data: cannot be called/],
    ["ftp://example.com/", /scheme ftp: cannot be called/],
    ["http://localhost:#/", /inside a network/],
    ["http://metadata.google.internal/", /inside a network/],
    ["http://printer.local/", /inside a network/],
    ["http://intranet/", /inside a network/],
    ["http:\\\\127.0.0.1:#\\", /in full|is not called/],
  ])("%s is refused", async (url, reason) => {
    for (const refusal of await saved(filled(url))) {
      expect(refusal).toMatchObject({
        status: 422,
        errors: [{ path: "url", message: expect.stringMatching(reason) }],
      });
    }
  });
});
