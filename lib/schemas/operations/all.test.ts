import { expect, it } from "vitest";
import { allOperations } from "./all";

it.each(allOperations.filter(({ query }) => query).map(({ id }) => id))(
  "refuses a query parameter that %s does not know, instead of answering as if it were not there",
  (id) => {
    const query = allOperations.find((operation) => operation.id === id)?.query;
    const issues = query?.safeParse({ stat: "active" }).error?.issues ?? [];
    expect(issues).toMatchObject([{ code: "unrecognized_keys", keys: ["stat"] }]);
  },
);
