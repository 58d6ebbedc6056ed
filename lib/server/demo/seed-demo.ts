import "server-only";
import { randomBytes } from "node:crypto";
import type { Pool } from "pg";
import { hashApiKey } from "@/lib/server/auth/api-key";
import { hashPassword } from "@/lib/server/auth/password";
import * as rows from "@/lib/server/db/demo";
import { insertInbox } from "@/lib/server/db/inboxes";
import { ensurePartitions } from "@/lib/server/db/partitions";
import { poolSql, sqlTransaction, type Sql } from "@/lib/server/db/sql";
import { secretContext, type Sealer } from "@/lib/server/sealing";
import { chance } from "./chance";
import { configureDemo } from "./configuration";
import { demoMeetings, meetingEvents } from "./meetings";
import { demoEventTypes } from "./own-event-types";
import { newId, simulateWeek } from "./simulate-week";
import type { SimulatedWeek } from "./simulated-week";
import type { SimulationOptions } from "./simulated-queue";
import { storeMeetings } from "./store-meetings";
import { storeWeek } from "./store-week";

export interface SeedOptions {
  pool: Pool;
  sealer: Sealer;
  now: Date;
  settings: SimulationOptions["settings"];
  receiverPort: number;
  /** Of the dashboard, as the events about meetings have it. */
  publicUrl: string;
  /** The key that the bootstrap made: it says which organization is the demo's. */
  apiKey: string;
  /** Of the members beside the first admin. */
  password: string;
}

export interface Seeded {
  eventCount: number;
  attemptCount: number;
  /** The token of the test inbox that was made. */
  inboxToken: string;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** An hour less than the retention, so that nothing of it is dropped while it is looked at for the first time. */
const weekMs = 7 * dayMs - hourMs;

/**
 * Fills an empty demo organization with seven days of history, all or nothing. Null when it has been filled before or
 * is in use: then nothing is written.
 */
export async function seedDemo(options: SeedOptions): Promise<Seeded | null> {
  const { pool, now } = options;
  const owner = await rows.findDemoOwner(poolSql(pool), hashApiKey(options.apiKey));
  if (!owner) throw new Error("The instance has no organization with the demo's API key");
  if ((await rows.findDemoPort(poolSql(pool))) !== null) return null;
  if (!(await rows.isOrganizationEmpty(poolSql(pool), owner.organizationId))) return null;
  const since = new Date(now.getTime() - weekMs);
  await ensurePartitions(poolSql(pool), since, Math.ceil(weekMs / dayMs) + 1);
  const members = await demoMembers(options.password, since);
  const meetings = demoMeetings(owner.organizationId, members, now);
  const week = simulateWeek(options, owner, since, meetingEvents(meetings, options.publicUrl));
  const inboxToken = randomBytes(16).toString("hex");
  await sqlTransaction(pool, async (sql) => {
    await rows.insertDemoPort(sql, options.receiverPort, now);
    await rows.insertDemoMembers(sql, owner.organizationId, members);
    await configureDemo(sql, options.sealer, owner.organizationId, { id: newId(since), at: since });
    await storeEventTypes(sql, owner.organizationId, since);
    await rows.insertDemoEndpoints(sql, owner.organizationId, endpointRows(options.sealer, owner, week));
    await storeWeek(sql, owner.organizationId, newId(now), week);
    await storeMeetings(sql, owner, meetings, week.events);
    await rows.restartLedger(sql);
    await insertInbox(sql, owner.organizationId, {
      id: newId(now),
      name: "Playground",
      token: inboxToken,
      createdAt: now,
    });
  });
  return { eventCount: week.events.length, attemptCount: week.attempts.length, inboxToken };
}

async function demoMembers(password: string, createdAt: Date): Promise<rows.DemoMember[]> {
  const passwordHash = await hashPassword(password);
  const person = (email: string, firstName: string, lastName: string, role: rows.DemoMember["role"]) => ({
    ...{ id: newId(createdAt), email, firstName, lastName, passwordHash, role, createdAt },
  });
  return [
    person("dana@posthorn.example", "Dana", "Okafor", "developer"),
    person("miguel@posthorn.example", "Miguel", "Sato", "developer"),
    person("ines@posthorn.example", "Ines", "Lindqvist", "admin"),
  ];
}

async function storeEventTypes(sql: Sql, organizationId: string, at: Date): Promise<void> {
  const examples = chance(7);
  const types = demoEventTypes.map(({ name, description, schema, data }) => ({
    name,
    description,
    schemaText: JSON.stringify({ $schema: "https://json-schema.org/draft/2020-12/schema", ...schema }),
    exampleText: JSON.stringify(data(examples, at)),
  }));
  await rows.insertDemoEventTypes(sql, organizationId, types, at);
}

function endpointRows(sealer: Sealer, owner: rows.DemoOwner, week: SimulatedWeek): rows.DemoEndpointRow[] {
  return week.endpoints.map(({ id, url, cast, createdAt, secret }) => ({
    id,
    createdBy: owner.userId,
    url,
    description: cast.description,
    eventTypes: cast.eventTypes,
    successStatus: cast.successStatus ?? "200",
    failurePolicy: cast.failurePolicy ?? { preset: "chronic" },
    createdAt,
    secretId: newId(createdAt),
    sealedSecret: sealer.seal(secret, secretContext(id)),
  }));
}
