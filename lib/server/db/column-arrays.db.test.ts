import fc from "fast-check";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { binaryArray, plainArray } from "./column-arrays";

const database = testDatabase({ per: "file" });
let client: pg.Client;

beforeEach(async () => {
  client = new pg.Client({ connectionString: database().url });
  await client.connect();
});

afterEach(() => client.end());

async function read(type: string, value: unknown): Promise<unknown> {
  const { rows } = await client.query<{ value: unknown }>(`SELECT $1::${type} AS value`, [value]);
  return rows[0]?.value;
}

/** PostgreSQL stores any text but U+0000. */
const anyText = fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", ""));
const runs = { numRuns: 50 };

describe("columns as arrays", () => {
  it("give PostgreSQL texts as they are: quotes, braces, backslashes, line ends, the word NULL and no text at all", async () => {
    const texts = ['"', "{}", "\\", "\r\n", "NULL", "", " ", "ünïcode 🎺", null];
    expect(await read("text[]", binaryArray("text", texts))).toEqual(texts);
    const property = fc.asyncProperty(fc.array(fc.option(anyText), { minLength: 1 }), async (some) => {
      expect(await read("text[]", binaryArray("text", some))).toEqual(some);
    });
    await fc.assert(property, runs);
  });

  it("give PostgreSQL bytes as they are", async () => {
    const anyBytes = fc.uint8Array().map((bytes) => Buffer.from(bytes));
    const property = fc.asyncProperty(fc.array(fc.option(anyBytes), { minLength: 1 }), async (some) => {
      expect(await read("bytea[]", binaryArray("bytea", some))).toEqual(some);
    });
    await fc.assert(property, runs);
  });

  it("give PostgreSQL numbers, booleans and UUIDs as they are", async () => {
    const ids = ["01a1fc95-3c3d-7005-a983-3b80c369af9f"];
    expect(await read("uuid[]::text[]", plainArray(ids))).toEqual(ids);
    expect(await read("boolean[]", plainArray([true, false]))).toEqual([true, false]);
    const property = fc.asyncProperty(
      fc.array(fc.double({ noDefaultInfinity: true, noNaN: true })),
      async (numbers) => {
        const expected = numbers.map((number) => (number === 0 ? 0 : number));
        expect(await read("float8[]", plainArray(numbers))).toEqual(expected);
      },
    );
    await fc.assert(property, runs);
  });
});
