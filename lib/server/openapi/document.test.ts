import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { jsonDepthMax } from "@/lib/domain/json-value";
import * as limits from "@/lib/domain/limits";
import { scopes } from "@/lib/schemas/scopes";
import { allOperations } from "@/lib/schemas/operations/all";
import type { AttemptOut } from "@/lib/schemas/attempt";
import type { SecretOut } from "@/lib/schemas/endpoint-secret";
import { verifySignature } from "@/lib/domain/signature";
import { openApiDocument } from "./document";
import { limitsText } from "./limits";
import { examples } from "./examples";

const instance = { url: "https://webhooks.example.com", version: "1.2.3", apiRateLimit: 1000 };
const document = openApiDocument(allOperations, instance);
const folder = new URL("../../../app/api/v1/", import.meta.url);

/** `get /events/{id}` for every method that a route file exports. */
function routedRequests(): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .flatMap((file) => {
      const path = `/${file.replace(/\/?route\.ts$/, "").replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, "{$1}")}`;
      const source = readFileSync(new URL(file, folder), "utf8");
      const methods = [...source.matchAll(/^export (?:const|async function|function) ([A-Z]+)\b/gm)];
      return methods.map(([, method]) => `${method?.toLowerCase()} ${path}`);
    })
    .sort();
}

describe("the OpenAPI document", () => {
  it("describes every route there is, and no other", () => {
    const described = Object.entries(document.paths ?? {})
      .flatMap(([path, item]) => Object.keys(item ?? {}).map((method) => `${method} ${path}`))
      .sort();
    expect(described.length).toBeGreaterThan(20);
    expect(described).toEqual(routedRequests());
  });

  it("gives every operation a name of its own, words, and the scope that the route checks", () => {
    const names = new Set<string>();
    for (const operation of allOperations) {
      const described = document.paths?.[operation.path]?.[operation.method];
      expect(described?.summary).toMatch(/^[A-Z].{3,}/);
      names.add(described?.operationId ?? "");
      if (operation.scope) {
        expect(scopes).toContain(operation.scope);
        expect(described?.description).toContain(`\`${operation.scope}\``);
        expect(described?.responses).toMatchObject({ 401: {}, 403: {} });
      } else expect(described?.security).toEqual([]);
    }
    expect(names.size).toBe(allOperations.length);
  });

  it("names every parameter of a path, once", () => {
    for (const operation of allOperations) {
      const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const parameters = (document.paths?.[operation.path]?.[operation.method]?.parameters ?? []) as {
        in: string;
        name: string;
        required?: boolean;
      }[];
      const described = parameters.filter((parameter) => parameter.in === "path");
      expect(described.map((parameter) => parameter.name)).toEqual(inPath);
      expect(described.every((parameter) => parameter.required)).toBe(true);
    }
  });

  it("answers errors with one problem schema, and says it is OpenAPI 3.1 of this instance", () => {
    expect(document.openapi).toBe("3.1.0");
    expect(document.servers).toEqual([{ url: "https://webhooks.example.com/api/v1" }]);
    expect(document.components?.schemas).toHaveProperty("Problem");
    const text = JSON.stringify(document.paths);
    for (const [, reference] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
      expect(document.components?.schemas).toHaveProperty([reference ?? ""]);
    }
  });

  it("names every limit with the number that holds it", () => {
    const { description } = document.info;
    expect(description).toContain(limitsText(1000));
    const { bodyBytesMax, formBytesMax, ...counts } = limits;
    expect(formBytesMax).toBeGreaterThan(bodyBytesMax);
    for (const limit of Object.values(counts)) expect(description).toContain(limit.toLocaleString("en"));
    expect(description).toContain(`${bodyBytesMax / 2 ** 20} MiB`);
    expect(description).toContain(`${jsonDepthMax} levels`);
    expect(limitsText(0)).toContain("does not limit");
  });

  it("names the refusals that come of a path, a body, a query or a test, so that no client meets an unknown one", () => {
    const answersOf = (operation: (typeof allOperations)[number]) =>
      Object.keys(document.paths?.[operation.path]?.[operation.method]?.responses ?? {});
    for (const operation of allOperations) {
      if (operation.params) expect(answersOf(operation), operation.id).toContain("400");
      if (operation.body)
        expect(answersOf(operation), operation.id).toEqual(expect.arrayContaining(["400", "413", "415"]));
    }
    const withId = (id: string) => allOperations.find((operation) => operation.id === id)!;
    expect(answersOf(withId("getStats"))).toContain("404");
    expect(answersOf(withId("testEndpoint"))).toContain("409");
  });

  it("tells of 429 and how long to wait wherever a key is needed", () => {
    for (const { path, method, scope } of allOperations) {
      const answers = document.paths?.[path]?.[method]?.responses ?? {};
      if (scope === null) expect(answers).not.toHaveProperty("429");
      else
        expect(answers["429"]).toMatchObject({ headers: { "Retry-After": { schema: { type: "integer" } } } });
    }
  });

  it.each(allOperations.map((operation) => [operation.id, operation] as const))(
    "shows examples of %s that its own schemas accept",
    (id, { body, answer }) => {
      if (body) expect(body.safeParse(examples[id]?.body).error).toBeUndefined();
      if (answer.schema) expect(answer.schema.safeParse(examples[id]?.answer).error).toBeUndefined();
    },
  );

  it("signs the example attempt as a receiver would accept it", () => {
    const { request } = examples.getAttempt?.answer as AttemptOut;
    const { secret } = examples.getEndpointSecret?.answer as SecretOut;
    const verification = verifySignature({
      secrets: [secret],
      id: request.headers["webhook-id"] ?? null,
      timestampSeconds: request.headers["webhook-timestamp"] ?? null,
      header: request.headers["webhook-signature"] ?? null,
      body: request.body ?? "",
      now: new Date("2026-01-31T09:30:01Z"),
    });
    expect(verification).toEqual({ valid: true });
  });
});
