import { describe, expect, it } from "vitest";
import type { AttemptSummaryOut } from "@/lib/schemas/attempt";
import { type AttemptPages, flatten, mergeHead, newAttempts } from "./merge-attempts";

const attempt = (id: string) => ({ id }) as AttemptSummaryOut;
const page = (ids: string, nextCursor: string | null = null) => ({
  items: [...ids].map(attempt),
  nextCursor,
});
const pages = (...all: ReturnType<typeof page>[]): AttemptPages => ({
  pages: all,
  pageParams: all.map(() => null),
});
const idsOf = (shown: AttemptPages) =>
  flatten(shown)
    .map(({ id }) => id)
    .join("");

describe("a live list of attempts", () => {
  it("takes in what is new, in its place, once", () => {
    const shown = pages(page("hgf", "f"), page("ed", "d"));
    const head = page("kihg", "g");
    expect(newAttempts(shown, head).map(({ id }) => id)).toEqual(["k", "i"]);
    const merged = mergeHead(shown, head);
    expect(idsOf(merged)).toBe("kihgfed");
    expect(merged.pages.at(-1)?.nextCursor).toBe("d");
    expect(mergeHead(merged, head)).toBe(merged);
  });

  it("puts a slow attempt, logged after quicker ones, where its time says", () => {
    expect(idsOf(mergeHead(pages(page("hf", "f")), page("hgf", "f")))).toBe("hgf");
  });

  it("starts again from the newest page when more happened than fits one", () => {
    const merged = mergeHead(pages(page("cba")), page("zyx", "x"));
    expect(idsOf(merged)).toBe("zyx");
    expect(merged.pages.at(-1)?.nextCursor).toBe("x");
  });

  it("fills an empty list", () => {
    expect(idsOf(mergeHead(pages(page("")), page("ba")))).toBe("ba");
  });

  it("lets go of its oldest rows and keeps the way back to them", () => {
    const id = (number: number) => String(number).padStart(6, "0");
    const items = Array.from({ length: 500 }, (_, index) => attempt(id(500 - index)));
    const head = { items: [attempt(id(501)), ...items.slice(0, 2)], nextCursor: id(499) };
    const merged = mergeHead({ pages: [{ items, nextCursor: null }], pageParams: [null] }, head);
    expect(flatten(merged)).toHaveLength(500);
    expect(merged.pages.at(-1)?.nextCursor).toBe(id(2));
  });

  it("shows an attempt once that two pages have", () => {
    expect(idsOf(pages(page("cba"), page("a")))).toBe("cba");
  });
});
