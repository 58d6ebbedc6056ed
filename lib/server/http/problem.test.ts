import pino from "pino";
import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/server/app-error";
import { problemOf } from "./problem";

const answerTo = async (error: Error) => {
  const response = problemOf(error, pino({ level: "silent" }));
  const { detail } = (await response.json()) as { detail: string };
  return { status: response.status, retryAfter: response.headers.get("retry-after"), detail };
};
const withCode = (message: string, code: string) => Object.assign(new Error(message), { code });

describe("a refusal", () => {
  it("carries its status, its own words, the fields and when to come again", async () => {
    const error = new AppError(429, "Wait 7 s.", {
      retryAfterSeconds: 7,
      errors: [{ path: "since", message: "is too early" }],
    });
    const response = problemOf(error, pino({ level: "silent" }));
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("retry-after")).toBe("7");
    expect(await response.json()).toMatchObject({
      ...{ status: 429, detail: "Wait 7 s.", errors: [{ path: "since", message: "is too early" }] },
    });
    const plain = problemOf(new AppError(404, "Nothing."), pino({ level: "silent" }));
    expect(plain.headers.get("retry-after")).toBeNull();
    expect(await plain.json()).not.toHaveProperty("errors");
  });
});

describe("a database that is away", () => {
  it.each([
    withCode("connect ECONNREFUSED 127.0.0.1:5432", "ECONNREFUSED"),
    withCode("sorry, too many clients already", "53300"),
    withCode("could not extend file: No space left on device", "53100"),
    withCode("the database system is starting up", "57P03"),
    withCode("Transaction API error: Unable to start a transaction in the given time.", "P2028"),
    withCode("Invalid invocation:\nToo many database connections opened: sorry", "P2037"),
    new Error("Client has encountered a connection error and is not queryable"),
    new Error("timeout exceeded when trying to connect"),
    new Error("Connection terminated due to connection timeout", {
      cause: new Error("Connection terminated unexpectedly"),
    }),
  ])("has stored nothing when it took on nothing: $message", async (error) => {
    expect(await answerTo(error)).toMatchObject({
      ...{ status: 503, retryAfter: "5", detail: expect.stringContaining("Nothing was stored") },
    });
  });

  it.each([
    new Error("Connection terminated unexpectedly"),
    withCode("read ECONNRESET", "ECONNRESET"),
    withCode("terminating connection due to administrator command", "57P01"),
    withCode("terminating connection because of crash of another server process", "57P02"),
    withCode("Transaction API error: Transaction already closed", "P2028"),
    withCode(
      "Invalid invocation:\n\nDatabase error. Code: `57P01`. Message: `terminating connection`",
      "P2039",
    ),
    new Error("a query failed", { cause: new Error("Connection terminated unexpectedly") }),
  ])("never says that nothing was stored when a commit may have been on its way: $message", async (error) => {
    const answer = await answerTo(error);
    expect(answer).toMatchObject({ status: 503, retryAfter: "5" });
    expect(answer.detail).toContain("not known whether this was stored");
    expect(answer.detail).not.toContain("Nothing was stored");
  });

  it("is not what a bug looks like", async () => {
    expect(await answerTo(withCode("duplicate key value", "23505"))).toMatchObject({ status: 500 });
    const inText = withCode("Database error. Code: `42703`. Message: `no such column`", "P2039");
    expect(await answerTo(inText)).toMatchObject({ status: 500 });
  });
});
