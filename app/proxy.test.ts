import { NextRequest } from "next/server";
import { afterEach, describe, expect, it, vi } from "vitest";
import { formBytesMax } from "@/lib/domain/limits";
import config from "@/next.config";
import { pathHeader } from "@/lib/server/auth/return-path";
import { proxy } from "@/proxy";

const pass = (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(`http://localhost:3000${path}`, { headers }));

/** What pages and routes see: Next carries the changed request headers in the answer. */
const seen = (response: Response, name: string) => response.headers.get(`x-middleware-request-${name}`);

afterEach(() => vi.unstubAllEnvs());

describe("a page", () => {
  it("learns its own path, whatever the browser claims", () => {
    const response = pass("/logs?outcome=failed", { [pathHeader]: "//evil.example" });
    expect(seen(response, pathHeader)).toBe("/logs?outcome=failed");
  });

  it("gets a policy with a nonce of its own, the same for the browser and for what renders it", () => {
    const first = pass("/");
    const nonce = seen(first, "x-nonce") ?? "";
    expect(nonce.length).toBeGreaterThan(16);
    expect(first.headers.get("content-security-policy")).toContain(`'nonce-${nonce}'`);
    expect(seen(first, "content-security-policy")).toBe(first.headers.get("content-security-policy"));
    expect(seen(pass("/"), "x-nonce")).not.toBe(nonce);
  });

  it("is asked for over https from then on only where the public URL is", () => {
    expect(pass("/").headers.has("strict-transport-security")).toBe(false);
    vi.stubEnv("POSTHORN_URL", "https://webhooks.example.com");
    expect(pass("/").headers.get("strict-transport-security")).toBe("max-age=31536000");
  });
});

it("adds nothing to what a test inbox shows as the headers of its request", () => {
  const response = pass("/in/token");
  expect(seen(response, "content-security-policy")).toBeNull();
  expect(seen(response, "x-nonce")).toBeNull();
  // Next shows the route what the proxy answers, too: only what it passes on is there.
  const own = [...response.headers.keys()].filter((name) => !name.startsWith("x-middleware-"));
  expect(own).toEqual([]);
});

it.each(["worker", "Worker"])(
  "leaves a %s nothing but health, readiness, metrics and the cron route",
  (role) => {
    vi.stubEnv("POSTHORN_ROLE", role);
    for (const path of ["/", "/sign-in", "/api/auth/session", "/api/healthy", "/api/internal/logs"]) {
      expect(pass(path).status).toBe(404);
    }
    for (const path of ["/api/health", "/api/ready", "/metrics", "/api/worker"]) {
      expect(pass(path).status).toBe(200);
    }
  },
);

describe("a body", () => {
  const send = (path: string, bytes: number) => pass(path, { "content-length": String(bytes) }).status;

  it("that is announced as larger than the largest form is not read, but for a test inbox's", () => {
    expect(send("/event-types/new", formBytesMax)).toBe(200);
    expect(send("/event-types/new", formBytesMax + 1)).toBe(413);
    expect(send("/in/some-token", formBytesMax + 1)).toBe(200);
  });

  it("of a form may be as large for Next as for the proxy", () => {
    expect(config.experimental?.serverActions?.bodySizeLimit).toBe(`${formBytesMax / 2 ** 20}mb`);
  });
});
