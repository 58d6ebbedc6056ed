import { Client } from "pg";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startOrEnd } from "./start-or-end";

beforeEach(() => {
  vi.spyOn(process, "exit").mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  vi.spyOn(process.stderr, "write").mockImplementation(() => true);
});
afterEach(() => vi.restoreAllMocks());

it("ends a process whose database is gone before it has begun, and says why", async () => {
  // Port 1: nothing listens there. The launcher has waited for the database; it can be gone again by now.
  const client = new Client({ connectionString: "postgresql://posthorn:secret@127.0.0.1:1/posthorn" });
  await expect(
    startOrEnd(async () => {
      await client.connect();
    }),
  ).rejects.toThrow("exit 1");
  expect(process.stderr.write).toHaveBeenCalledExactlyOnceWith(
    "Posthorn cannot start: connect ECONNREFUSED 127.0.0.1:1\n",
  );
});

it("leaves a process that has started alone", async () => {
  await startOrEnd(async () => undefined);
  expect(process.exit).not.toHaveBeenCalled();
});
