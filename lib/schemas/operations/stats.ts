import { operation, type Operation } from "../operation";
import { StatsOut, StatsQuery } from "../stats";

export const getStatsOperation = operation({
  id: "getStats",
  method: "get",
  path: "/stats",
  scope: "deliveries:read",
  tag: "Statistics",
  summary: "Attempts, failures and durations over time",
  description:
    "Counts the attempts of events and replays by the hour or UTC day in which they were made; tests and validations " +
    "are not traffic. Percentiles are read from a histogram and exact to within a quarter. Reaches back as far as " +
    "attempts are kept.",
  query: StatsQuery,
  answer: { status: 200, description: "One item for each hour or day.", schema: StatsOut },
  otherAnswers: [{ status: 404, description: "There is no such endpoint in the key's organization." }],
});

export const statsOperations: Operation[] = [getStatsOperation];
