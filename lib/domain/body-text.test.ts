import { describe, expect, it } from "vitest";
import { bodyText } from "./body-text";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("foreign bytes as text", () => {
  it("are read as UTF-8, byte order mark included", () => {
    expect(bodyText(bytes("\uFEFFZoë 🚀"), false)).toEqual({ text: "\uFEFFZoë 🚀", isBinary: false });
    expect(bodyText(new Uint8Array(), false)).toEqual({ text: "", isBinary: false });
  });

  it("are not binary because the cap cut a character in two, and are when it was the sender", () => {
    const cut = bytes("Zoë").subarray(0, 3);
    expect(bodyText(cut, true)).toEqual({ text: "Zo", isBinary: false });
    expect(bodyText(cut, false)).toEqual({ text: "Zo\uFFFD", isBinary: true });
  });

  it("are binary when they are no UTF-8 or hold NUL", () => {
    expect(bodyText(Uint8Array.of(0x1f, 0x8b, 0x08), false).isBinary).toBe(true);
    expect(bodyText(bytes("a\0b"), false)).toEqual({ text: "a\0b", isBinary: true });
  });
});
