import { expect, it } from "vitest";
import { shortenMiddle } from "@/components/ui/shorten-middle";

it("keeps head and tail of a long text", () => {
  expect(shortenMiddle("evt_01kabcdefghjkmnpqrstvwxyz")).toBe("evt_01ka…wxyz");
});

it("leaves a text alone that would not get shorter", () => {
  expect(shortenMiddle("0123456789abc")).toBe("0123456789abc");
});

it("does not cut a character in two", () => {
  expect(shortenMiddle("🐎".repeat(20), 2, 2)).toBe("🐎🐎…🐎🐎");
});
