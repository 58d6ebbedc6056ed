import pino, { type Logger } from "pino";
import { beforeEach, expect, it } from "vitest";
import { tellRepeated } from "./repeated-trouble";

let lines: { msg: string; step?: string; repeated?: number; err: { message: string } }[];
let log: Logger;

beforeEach(() => {
  lines = [];
  log = pino({}, { write: (line: string) => lines.push(JSON.parse(line)) });
});

const gone = new Error("connect ECONNREFUSED");
const tell = (atMs: number, err: unknown = gone, step = "expire validations") =>
  tellRepeated(log, "error", { err, step }, "a step of housekeeping failed", atMs);

it("is told at once, and then every minute with how often it was", () => {
  for (let second = 0; second < 150; second += 1) tell(second * 1_000);
  expect(lines.map(({ repeated }) => repeated)).toEqual([undefined, 59, 59]);
  expect(lines[2]).toMatchObject({ msg: "a step of housekeeping failed", err: { message: gone.message } });
});

it("is told at once where the step or the reason is another, or the log", () => {
  tell(0);
  tell(1, gone, "send reminders");
  tell(2, new Error("the database system is starting up"));
  tell(3);
  expect(lines).toHaveLength(3);
  log = pino({}, { write: (line: string) => lines.push(JSON.parse(line)) });
  tell(4);
  expect(lines).toHaveLength(4);
});

it("keeps no more reasons than it can hold, however many there are", () => {
  for (let number = 0; number < 5_000; number += 1) tell(number, new Error(`reason ${number}`));
  expect(lines).toHaveLength(5_000);
  tell(5_000, new Error("reason 4999"));
  expect(lines).toHaveLength(5_000);
  tell(5_001, new Error("reason 0"));
  expect(lines).toHaveLength(5_001);
});
