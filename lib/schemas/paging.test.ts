import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { AttemptListQuery, AttemptSummaryQuery } from "./attempt";
import { EventListQuery } from "./event";
import { momentIn, pageQuery } from "./paging";
import { ReplayIn } from "./replay";
import { StatsQuery } from "./stats";

it.each(["0000-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"])(
  "refuses the moment %s, which the database does not have",
  (text) => {
    expect(momentIn.safeParse(text).error?.issues[0]?.message).toBe("must be in the years 1 to 9999, in UTC");
  },
);

it.each(["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "2026-01-31T10:30:00+01:00"])(
  "takes the moment %s",
  (text) => expect(momentIn.parse(text)).toEqual(new Date(text)),
);

describe("the length of a page", () => {
  it.each([
    ["1", 1],
    ["200", 200],
    ["007", 7],
    [undefined, 50],
  ])("may be %j", (limit, expected) => expect(pageQuery.parse({ limit }).limit).toBe(expected));

  it.each(["1e2", "0x10", "", " 5", "5 ", "+5", "5.0", "1_0", "five", "Infinity", "9".repeat(400)])(
    "is not %j, which is no number in decimal digits",
    (limit) => {
      expect(pageQuery.safeParse({ limit }).error?.issues).toMatchObject([
        { path: ["limit"], message: "must be a whole number" },
      ]);
    },
  );

  it.each([
    ["0", "must be at least 1"],
    ["-3", "must be at least 1"],
    ["201", "must be at most 200"],
  ])("is not %s, which is out of its bounds", (limit, message) => {
    expect(pageQuery.safeParse({ limit }).error?.issues).toMatchObject([{ path: ["limit"], message }]);
  });
});

describe("a window of time", () => {
  const since = "2026-01-31T09:30:00Z";
  const schemas: [string, z.ZodType, object][] = [
    ["events", EventListQuery, {}],
    ["attempts", AttemptListQuery, {}],
    ["the log", AttemptSummaryQuery, {}],
    ["statistics", StatsQuery, {}],
    ["a replay", ReplayIn, { scope: "failed" }],
  ];

  it.each(schemas)(
    "of %s is refused by the name of its end when it ends before it begins",
    (_, schema, rest) => {
      for (const until of ["2026-01-31T09:29:59.999Z", since, "2026-01-31T10:30:00+01:00"]) {
        const { error } = schema.safeParse({ ...rest, since, until });
        expect(error?.issues).toMatchObject([{ path: ["until"], message: "must be after since" }]);
      }
    },
  );

  it.each(schemas)("of %s may be as short as a millisecond, or open", (_, schema, rest) => {
    expect(schema.safeParse({ ...rest, since, until: "2026-01-31T09:30:00.001Z" }).success).toBe(true);
    expect(schema.safeParse({ ...rest, since }).success).toBe(true);
  });
});
