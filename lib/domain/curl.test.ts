import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { curlCommand, shellQuote, type CurlRequest } from "@/lib/domain/curl";

/** Runs the command in a real shell, where curl is a function that prints its arguments instead. */
function argumentsOf(command: string, shell = "/bin/sh"): string[] {
  const script = `PATH=/nonexistent; curl() { printf '%s\\0' "$@"; }\n${command}`;
  const output = execFileSync(shell, ["-c", script], { cwd: "/" });
  return output.toString("utf8").split("\0").slice(0, -1);
}

const request: CurlRequest = {
  method: "POST",
  url: "https://hooks.example.com/posthorn?a=1&b=[2]",
  headers: { "content-type": "application/json", "webhook-signature": "v1,abc= v1,def=" },
  body: `{"a":1}`,
};

const shells = ["/bin/sh", "/bin/bash"];

describe("curlCommand", () => {
  it("writes one option per line", () => {
    expect(curlCommand(request)).toBe(
      [
        `curl --request 'POST' --globoff \\`,
        `  --url 'https://hooks.example.com/posthorn?a=1&b=[2]' \\`,
        `  --header 'content-type: application/json' \\`,
        `  --header 'webhook-signature: v1,abc= v1,def=' \\`,
        `  --data-raw '{"a":1}'`,
      ].join("\n"),
    );
  });

  it("has no body where the request has none, and an empty one where it is empty", () => {
    expect(curlCommand({ ...request, body: null })).not.toContain("--data-raw");
    expect(curlCommand({ ...request, body: "" })).toContain("--data-raw ''");
  });

  it("leaves the connection's headers to curl, and drops what is no header", () => {
    const headers = {
      Host: "a",
      "Content-Length": "7",
      "@/etc/passwd": "x",
      "a b": "x",
      "x-empty": "",
      "x-lines": "a\r\nb",
    };
    const args = argumentsOf(curlCommand({ ...request, headers }));
    expect(args.filter((_, index) => args[index - 1] === "--header")).toEqual(["x-empty;", "x-lines: a b"]);
  });

  it.each(shells)("gives %s exactly the request, whatever is in it", (shell) => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({
        unit: fc.constantFrom(..."'\"\\`$(){}!;&|<>*?~#%@-\n\r\t \x1b\x7f\x9b\u202eaé🚀"),
      }),
      fc.constantFrom(
        "'; touch /tmp/x; '",
        "$(id)",
        "`id`",
        "@/etc/passwd",
        "-o/tmp/x",
        "\\",
        "%s%n",
        "\n\n",
        "\x1b[2J\n",
      ),
    );
    const anyRequest = fc.record({ method: hostile, url: hostile, body: fc.option(hostile) });
    fc.assert(
      fc.property(anyRequest, hostile, (each, value) => {
        const args = argumentsOf(curlCommand({ ...each, headers: { "x-any": value } }), shell);
        const passed = (text: string) => Buffer.from(text.replaceAll("\0", "")).toString("utf8");
        const line = passed(value)
          .replaceAll(/[\r\n]+/g, " ")
          .trim();
        const expected = [
          "--request",
          passed(each.method),
          "--globoff",
          "--url",
          passed(each.url),
          "--header",
        ];
        expected.push(line === "" ? "x-any;" : `x-any: ${line}`);
        if (each.body !== null) expected.push("--data-raw", passed(each.body));
        expect(args).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it("takes a header value of nothing but NUL for no value", () => {
    const command = curlCommand({
      method: "GET",
      url: "https://a.example/",
      headers: { "x-any": "\0" },
      body: null,
    });
    expect(command).toContain("'x-any;'");
  });

  it("carries nothing that a terminal acts on", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(shellQuote(text)).not.toMatch(
          /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
        );
      }),
    );
  });
});
