import pg from "pg";
import { describe, expect, it } from "vitest";
import { createTestDatabase, testDatabase } from "./test-database.ts";

describe("testDatabase", () => {
  const database = testDatabase();
  const seen: string[] = [];

  it.each([1, 2])("gives each test a migrated database of its own (%i)", async () => {
    expect(seen).not.toContain(database().name);
    seen.push(database().name);
    const organizations = await database().query("SELECT * FROM organization");
    expect(organizations).toEqual([]);
    await database().query("CREATE TABLE left_behind ()");
  });

  it("refuses to hide a connection that was left open", async () => {
    const other = await createTestDatabase();
    const client = new pg.Client({ connectionString: other.url });
    client.on("error", () => undefined); // dropping the database ends it
    await client.connect();
    await client.query("SELECT 'forgotten'");
    await expect(other.drop()).rejects.toThrow(/left 1 connections open.*forgotten/);
  });
});
