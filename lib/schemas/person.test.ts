import { expect, it } from "vitest";
import { emailIn, lastNameIn, nameIn } from "./person";

const override = "\u202e";

it("refuses names and addresses that would read as others: gpj.exe turned around is exe.jpg", () => {
  for (const schema of [nameIn("The name"), lastNameIn]) {
    expect(schema.safeParse(`Ada${override}gpj.exe`).success).toBe(false);
    expect(schema.safeParse("Ada \u2066Lovelace").success).toBe(false);
  }
  expect(emailIn.safeParse(`ada${override}@example.com`).success).toBe(false);
  expect(emailIn.safeParse(`ada${"\u0336".repeat(60)}@example.com`).success).toBe(false);
});

it("takes an address with the marks of its script", () => {
  expect(emailIn.parse("हिन्दी@example.com")).toBe("हिन्दी@example.com");
});

it("takes names in every direction of writing, with the marks that they need", () => {
  for (const name of ["שרה", "عائشة\u200f (2)", "Ада", "Zoë"]) {
    expect(nameIn("The name").parse(name)).toBe(name);
    expect(lastNameIn.parse(name)).toBe(name);
  }
});
