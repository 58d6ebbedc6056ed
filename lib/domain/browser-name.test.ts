import { describe, expect, it } from "vitest";
import { browserName } from "./browser-name";

const webKit = "AppleWebKit/537.36 (KHTML, like Gecko)";

describe("browserName", () => {
  it.each([
    ["Firefox on Linux", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"],
    ["Firefox on an iPhone", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) FxiOS/140.0 Safari/605"],
    ["Chrome on Windows", `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webKit} Chrome/140.0 Safari/537.36`],
    ["Chrome on Linux", `Mozilla/5.0 (X11; Linux x86_64) ${webKit} HeadlessChrome/140.0 Safari/537.36`],
    ["Chrome on Android", `Mozilla/5.0 (Linux; Android 10; K) ${webKit} Chrome/140.0 Mobile Safari/537.36`],
    ["Edge on Windows", `Mozilla/5.0 (Windows NT 10.0) ${webKit} Chrome/140.0 Safari/537.36 Edg/140.0`],
    ["Opera on a Mac", `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webKit} Chrome/140.0 OPR/120.0`],
    [
      "Safari on a Mac",
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18.5 Safari/605.1.15",
    ],
    [
      "Safari on an iPad",
      "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605 Version/18.5 Safari/604.1",
    ],
    ["Chrome", "Chrome/140.0"],
  ])("%s", (name, userAgent) => expect(browserName(userAgent)).toBe(name));

  it.each([null, "", "curl/8.14", "Your account is blocked: https://evil.example", "\u0000\u202e"])(
    "has no words for %j",
    (userAgent) => expect(browserName(userAgent)).toBe("a program that is no browser we know"),
  );

  it("never repeats what a request has written into its header", () => {
    const text = browserName("Firefox/1 on https://evil.example\r\nBcc: victim@example.com Linux");
    expect(text).toBe("Firefox on Linux");
  });
});
