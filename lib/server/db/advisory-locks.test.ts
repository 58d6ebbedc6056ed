import { expect, it } from "vitest";
import { advisoryLocks } from "./advisory-locks";

it("gives every lock a number of its own, within the 32 bits that a lock of two numbers has", () => {
  const numbers: number[] = Object.values(advisoryLocks);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.filter((number) => number !== (number | 0))).toEqual([]);
});
