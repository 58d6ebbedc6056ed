import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeFailure, judgeAttempt, type SuccessStatus } from "@/lib/domain/attempt-outcome";
import { errorCodeAdvice, errorCodes, faults, usualFault } from "@/lib/domain/error-codes";

const transportCodes = errorCodes.filter((code) => code !== "unexpected_status");
const anyResult = fc.record({
  statusCode: fc.constantFrom(
    0,
    100,
    200,
    201,
    204,
    299,
    300,
    301,
    304,
    400,
    404,
    410,
    429,
    500,
    503,
    599,
    999,
  ),
  errorCode: fc.option(fc.constantFrom(...errorCodes)),
  fault: fc.option(fc.constantFrom(...faults)),
});
const anySuccessStatus = fc.constantFrom<SuccessStatus>("200", "2xx");

describe("judgeAttempt", () => {
  it.each<[number, SuccessStatus, "succeeded" | "failed"]>([
    [200, "200", "succeeded"],
    [200, "2xx", "succeeded"],
    [201, "200", "failed"],
    [202, "2xx", "succeeded"],
    [204, "200", "failed"],
    [204, "2xx", "succeeded"],
    [299, "2xx", "succeeded"],
    [300, "2xx", "failed"],
    [199, "2xx", "failed"],
    [100, "2xx", "failed"],
    [301, "200", "failed"],
    [302, "2xx", "failed"],
    [304, "2xx", "failed"],
    [400, "2xx", "failed"],
    [410, "200", "failed"],
    [500, "200", "failed"],
  ])("%i is, where %s counts, %s", (statusCode, successStatus, outcome) => {
    const expected =
      outcome === "succeeded"
        ? { outcome, errorCode: null, fault: null }
        : { outcome, errorCode: "unexpected_status", fault: "receiver" };
    expect(judgeAttempt({ statusCode, errorCode: null, fault: null }, successStatus)).toEqual(expected);
  });

  it("lets a transport error outweigh a good status", () => {
    const judged = judgeAttempt({ statusCode: 200, errorCode: "timeout", fault: "network" }, "2xx");
    expect(judged).toEqual({ outcome: "failed", errorCode: "timeout", fault: "network" });
  });

  it("believes the sender about whose fault it was, and takes the usual one when the sender does not know", () => {
    const refused = { statusCode: 0, errorCode: "connection_refused" as const };
    expect(judgeAttempt({ ...refused, fault: "platform" }, "200").fault).toBe("platform");
    expect(judgeAttempt({ ...refused, fault: null }, "200").fault).toBe("network");
  });

  it("holds nothing against the endpoint when there is neither an answer nor an error", () => {
    const judged = judgeAttempt({ statusCode: 0, errorCode: null, fault: null }, "200");
    expect(judged).toEqual({ outcome: "failed", errorCode: "aborted", fault: "platform" });
  });

  it("has an error and a fault exactly when it failed, and judges its own judgement the same", () => {
    fc.assert(
      fc.property(anyResult, anySuccessStatus, (result, successStatus) => {
        const judged = judgeAttempt(result, successStatus);
        expect(judged.errorCode === null).toBe(judged.outcome === "succeeded");
        expect(judged.fault === null).toBe(judged.outcome === "succeeded");
        expect(judgeAttempt({ ...judged, statusCode: result.statusCode }, successStatus)).toEqual(judged);
      }),
    );
  });
});

describe("describeFailure", () => {
  it.each<[number, SuccessStatus, string]>([
    [300, "200", "The endpoint answered 300 and redirects are not followed"],
    [302, "200", "The endpoint answered 302 and redirects are not followed"],
    [204, "200", "The endpoint answered 204 and only 200 counts as success here"],
    [299, "200", "The endpoint answered 299 and only 200 counts as success here"],
    [199, "200", "The endpoint answered 199 and only 200 counts as success here"],
    [418, "200", "The endpoint answered 418 and only 200 counts as success here"],
    [404, "2xx", "The endpoint answered 404: there is nothing at this URL"],
    [418, "2xx", "The endpoint answered 418 and only 200 to 299 count as success here"],
    [500, "200", "The endpoint answered 500: it failed while handling the request"],
    [0, "200", "There was no answer from the endpoint"],
  ])("explains %i where %s counts", (statusCode, successStatus, sentence) => {
    expect(describeFailure({ statusCode, errorCode: "unexpected_status", successStatus })).toBe(sentence);
  });

  it("prefers what the sender wrote about a transport error", () => {
    const failure = { statusCode: 0, errorCode: "dns" as const, successStatus: "200" as const };
    expect(describeFailure({ ...failure, errorMessage: "hooks.example.com has no address." })).toBe(
      "hooks.example.com has no address",
    );
    expect(describeFailure({ ...failure, errorMessage: " " })).toBe(
      "The host name of the endpoint did not resolve",
    );
  });

  it("always has a sentence without a full stop", () => {
    fc.assert(
      fc.property(anyResult, anySuccessStatus, (result, successStatus) => {
        const sentence = describeFailure({ ...result, successStatus });
        expect(sentence).toMatch(/^[A-Z].{15,}[^.]$/);
      }),
    );
  });
});

describe("error codes", () => {
  it.each(transportCodes)("%s has a usual fault, a title and advice", (code) => {
    expect(faults).toContain(usualFault(code));
    expect(errorCodeAdvice[code].title).not.toBe("");
    expect(errorCodeAdvice[code].advice).toMatch(/\.$/);
  });

  it("blames a blocked address on the receiver and an interruption on the platform", () => {
    expect(usualFault("blocked_address")).toBe("receiver");
    expect(usualFault("aborted")).toBe("platform");
  });
});
