import { afterEach, expect, it } from "vitest";
import { scopes } from "@/lib/schemas/scopes";
import { authenticateKey } from "./auth/api-key";
import { bootstrap } from "./bootstrap";
import { testDatabase } from "./db/testing/test-database";
import type { Deps } from "./deps";
import { closeTestDeps, createTestDeps } from "./testing/test-deps";
import { isSetupToken, setUpInstance } from "./use-cases/set-up-instance";
import { signIn } from "./use-cases/sign-in";

const database = testDatabase();
const opened: Deps[] = [];

const key = "phk_first-run-key";
const variables = {
  POSTHORN_BOOTSTRAP_EMAIL: "Ada.Lovelace@Example.com",
  POSTHORN_BOOTSTRAP_PASSWORD: "analytical engine",
  POSTHORN_BOOTSTRAP_ORGANIZATION: "Northwind",
  POSTHORN_BOOTSTRAP_API_KEY: key,
};

async function open(environment: Record<string, string> = {}): Promise<Deps> {
  const deps = await createTestDeps(database().url, environment);
  opened.push(deps);
  return deps;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map(closeTestDeps));
});

const withKey = (text: string) => new Request("http://x/", { headers: { authorization: `Bearer ${text}` } });

it("makes one admin and one key with every scope, however many processes start at once and how often", async () => {
  const deps = await open(variables);
  const processes = [deps, await open(variables), await open(variables)];
  const links = await Promise.all(processes.map(bootstrap));
  expect(links).toEqual([null, null, null]);
  expect(await bootstrap(deps)).toBeNull();

  const organizations = await deps.prisma.organization.findMany({ include: { memberships: true } });
  expect(organizations).toHaveLength(1);
  expect(organizations[0]).toMatchObject({ name: "Northwind", memberships: [{ role: "admin" }] });
  const users = await deps.prisma.user.findMany();
  expect(users).toMatchObject([
    { email: "ada.lovelace@example.com", firstName: "Ada", lastName: "Lovelace", isOperator: true },
  ]);
  const principal = await authenticateKey(deps, withKey(key), "admin");
  expect(principal.organizationId).toBe(organizations[0]?.id);
  expect(principal.scopes).toEqual([...scopes]);
});

it("signs the first admin in with the password that was given", async () => {
  const deps = await open(variables);
  await bootstrap(deps);
  const claims = await signIn(deps, {
    email: " ada.lovelace@EXAMPLE.com",
    password: "analytical engine",
    address: null,
  });
  expect(claims.sessionVersion).toBe(1);
});

it("gives a link that makes the first admin once, and only the link of the last start", async () => {
  const deps = await open();
  const older = new URL((await bootstrap(deps)) ?? "").searchParams.get("token") ?? "";
  const newer = new URL((await bootstrap(deps)) ?? "").searchParams.get("token") ?? "";
  const person = {
    organizationName: "Northwind",
    firstName: "Ada",
    lastName: "Lovelace",
    email: "ada@example.com",
    password: "analytical engine",
  };
  await expect(setUpInstance(deps, { ...person, token: older }, null)).rejects.toMatchObject({ status: 403 });
  const outcomes = await Promise.allSettled([
    setUpInstance(deps, { ...person, token: newer }, null),
    setUpInstance(deps, { ...person, email: "eve@example.com", token: newer }, null),
  ]);
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await deps.prisma.user.findMany({ select: { lastSignInAt: true } })).toEqual([
    { lastSignInAt: expect.any(Date) as Date },
  ]);
  await expect(setUpInstance(deps, { ...person, token: newer }, null)).rejects.toMatchObject({ status: 403 });
  expect(await bootstrap(deps)).toBeNull();
});

it("leaves the link of a web process alone when a worker starts after it", async () => {
  const web = await open({ POSTHORN_ROLE: "web" });
  const link = new URL((await bootstrap(web)) ?? "");
  expect(await bootstrap(await open({ POSTHORN_ROLE: "worker" }))).toBeNull();
  expect(await isSetupToken(web, link.searchParams.get("token") ?? "")).toBe(true);
});
