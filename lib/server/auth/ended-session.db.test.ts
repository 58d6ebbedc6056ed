import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import { isEndedSession } from "@/lib/server/db/ended-sessions";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import { closeTestDeps, createTestDeps } from "@/lib/server/testing/test-deps";
import { endSession, sessionSeconds, tokenOf } from "./auth-options";
import { noOrigin } from "./request-origin";

const database = testDatabase();
const claims = { userId: randomUUID(), organizationId: randomUUID(), sessionVersion: 1 };
let deps: Deps;
let nowMs = Date.parse("2026-11-21T09:00:00Z");

beforeEach(async () => {
  deps = await createTestDeps(database().url, {}, { clock: () => new Date(nowMs) });
});
afterEach(() => closeTestDeps(deps));

it("stays ended for as long as its cookie could live, and no other session ends with it", async () => {
  const [one, other] = [tokenOf(claims, deps.clock()), tokenOf(claims, deps.clock())];
  expect(one.sessionId).not.toBe(other.sessionId);
  await endSession(deps, one, noOrigin);
  await endSession(deps, one, noOrigin);
  nowMs += sessionSeconds * 1000;
  await endSession(deps, tokenOf(claims, deps.clock()), noOrigin);
  expect(await isEndedSession(deps.sql, one.sessionId)).toBe(true);
  expect(await isEndedSession(deps.sql, other.sessionId)).toBe(false);
  nowMs += 1;
  await endSession(deps, tokenOf(claims, deps.clock()), noOrigin);
  expect(await isEndedSession(deps.sql, one.sessionId)).toBe(false);
});
