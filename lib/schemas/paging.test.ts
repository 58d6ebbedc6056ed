import { expect, it } from "vitest";
import { momentIn } from "./paging";

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
