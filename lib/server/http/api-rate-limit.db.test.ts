import { afterEach, beforeEach, expect, it } from "vitest";
import { decodeId } from "@/lib/domain/ids";
import { apiBurstSeconds } from "@/lib/domain/limits";
import { authenticateKey } from "@/lib/server/auth/api-key";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createApiKey } from "@/lib/server/use-cases/create-api-key";
import { problemOf } from "./problem";

const database = testDatabase();
const processes: Deps[] = [];
const perSecond = 200;

beforeEach(async () => {
  for (let count = 0; count < 3; count += 1) {
    const limit = { POSTHORN_API_RATE_LIMIT: String(perSecond) };
    processes.push(await createTestDeps(database().url, limit, { poolMax: 4 }));
  }
});
afterEach(async () => {
  for (const deps of processes.splice(0)) await closeTestDeps(deps);
});

const requestWith = (key: string) =>
  new Request("http://x/", { headers: { authorization: `Bearer ${key}` } });

async function newKey(): Promise<string> {
  const [deps] = processes;
  const admin = await createTestPrincipal(deps!);
  return (await createApiKey(deps!, admin, { name: "Load", scopes: ["events:write"] })).key;
}

it("holds over three processes: never more than promised, and nearly all of it", async () => {
  const key = await newKey();
  const id = decodeId("key", (await authenticateKey(processes[0]!, requestWith(key), null)).actor) ?? "";
  const startedAt = performance.now();
  const elapsedSeconds = () => (performance.now() - startedAt) / 1000;
  let admitted = 1;
  let refused = 0;
  const loop = async (deps: Deps) => {
    while (elapsedSeconds() < 3) {
      if ((await deps.apiRate.admit(id)).admitted) admitted += 1;
      else {
        refused += 1;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
  };
  await Promise.all(processes.flatMap((deps) => [loop(deps), loop(deps), loop(deps)]));
  const promised = perSecond * (apiBurstSeconds + elapsedSeconds());
  expect(refused).toBeGreaterThan(0);
  expect(admitted).toBeLessThanOrEqual(promised + 1);
  // Held in leases, in the pauses, or saved up in part.
  expect(admitted).toBeGreaterThan(promised * 0.9);
});

it("answers 429 as a problem document that says when to come again", async () => {
  const [deps] = processes;
  const key = await newKey();
  const knock = () => authenticateKey(deps!, requestWith(key), null).then(() => null, problemOfRefusal);
  const problemOfRefusal = (error: unknown) => problemOf(error, deps!.log);
  let answer: Response | null = null;
  for (let round = 0; round < 100 && answer === null; round += 1) {
    const answers = await Promise.all(Array.from({ length: 50 }, knock));
    answer = answers.find((one) => one !== null) ?? null;
  }
  expect(answer?.status).toBe(429);
  expect(answer?.headers.get("content-type")).toBe("application/problem+json");
  expect(answer?.headers.get("retry-after")).toBe("1");
  expect(answer?.headers.get("ratelimit-policy")).toBe('"key";q=1000;w=5');
  expect(answer?.headers.get("ratelimit")).toBe('"key";r=0;t=1');
  expect(await answer?.json()).toMatchObject({ status: 429, title: "Too many requests" });
});

it("counts a key's requests, not those of the organization's other keys", async () => {
  const [deps] = processes;
  const [one, other] = [await newKey(), await newKey()];
  const statuses = async (key: string) => {
    const knocks = Array.from({ length: 1_500 }, () => authenticateKey(deps!, requestWith(key), null));
    return (await Promise.allSettled(knocks)).filter(({ status }) => status === "rejected").length;
  };
  expect(await statuses(one)).toBeGreaterThan(0);
  await expect(authenticateKey(deps!, requestWith(other), null)).resolves.toMatchObject({ kind: "key" });
});
