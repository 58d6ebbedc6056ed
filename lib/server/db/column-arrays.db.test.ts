import fc from "fast-check";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import {
  booleanColumn,
  byteaColumn,
  doubleColumn,
  realColumn,
  smallintColumn,
  textColumn,
  uuidColumn,
} from "./column-arrays";

const database = testDatabase({ per: "file" });
let client: pg.Client;

beforeEach(async () => {
  client = new pg.Client({ connectionString: database().url });
  await client.connect();
});

afterEach(() => client.end());

async function read(type: string, array: Buffer): Promise<unknown> {
  const { rows } = await client.query<{ value: unknown }>(`SELECT $1::${type} AS value`, [array]);
  return rows[0]?.value;
}

const itself = <Value>(value: Value) => value;
/** PostgreSQL stores any text but U+0000. */
const anyText = fc.string({ unit: "binary", maxLength: 300 }).map((text) => text.replaceAll("\0", ""));
const anyNumber = fc.double({ noDefaultInfinity: true, noNaN: true });

/** What PostgreSQL reads is what went in, with and without nulls. */
async function arrivesAsItIs<Value>(
  type: string,
  column: (values: readonly (Value | null)[], pick: (value: Value | null) => Value | null) => Buffer,
  value: fc.Arbitrary<Value>,
): Promise<void> {
  const property = fc.asyncProperty(fc.array(fc.option(value), { minLength: 1 }), async (values) => {
    expect(await read(type, column(values, itself))).toEqual(values);
  });
  await fc.assert(property, { numRuns: 50 });
}

describe("columns as arrays", () => {
  it("give PostgreSQL texts as they are: quotes, braces, backslashes, line ends, the word NULL and no text at all", async () => {
    const texts = ['"', "{}", "\\", "\r\n", "NULL", "", " ", "ünïcode 🎺", null];
    expect(await read("text[]", textColumn(texts, itself))).toEqual(texts);
    await arrivesAsItIs("text[]", textColumn, anyText);
  });

  it("make room for what is longer than expected", async () => {
    const texts = ["é".repeat(100_000), "", "x".repeat(70_000), "🎺".repeat(1_000)];
    expect(await read("text[]", textColumn(texts, itself))).toEqual(texts);
  });

  it("give PostgreSQL bytes, booleans, numbers and UUIDs as they are", async () => {
    const anyBytes = fc.uint8Array().map((bytes) => Buffer.from(bytes));
    await arrivesAsItIs("bytea[]", byteaColumn, anyBytes);
    await arrivesAsItIs("boolean[]", booleanColumn, fc.boolean());
    await arrivesAsItIs("smallint[]", smallintColumn, fc.integer({ min: -32_768, max: 32_767 }));
    await arrivesAsItIs("float8[]", doubleColumn, anyNumber);
    await arrivesAsItIs("real[]::float8[]", realColumn, anyNumber.map(Math.fround).filter(Number.isFinite));
    await arrivesAsItIs("uuid[]::text[]", uuidColumn, fc.uuid());
  });

  it("take rows of any shape, and none", async () => {
    const rows = [{ id: "01A1FC95-3C3D-7005-A983-3B80C369AF9F" }];
    expect(
      await read(
        "uuid[]::text[]",
        uuidColumn(rows, ({ id }) => id),
      ),
    ).toEqual([rows[0]?.id.toLowerCase()]);
    expect(await read("uuid[]::text[]", uuidColumn([], itself))).toEqual([]);
  });

  it.each([
    "",
    "x",
    "01a1fc95-3c3d-7005-a983-3b80c369af9",
    "01a1fc95-3c3d-7005-a983-3b80c369af9g",
    "é".repeat(36),
  ])("refuse %j as a UUID instead of storing another one", (text) => {
    expect(() => uuidColumn([text], itself)).toThrow(TypeError);
  });
});
