import { expect, it } from "vitest";
import { curlOf } from "@/components/docs/operation-curl";

const operation = {
  id: "createEndpoint",
  method: "POST",
  path: "/endpoints",
  summary: "",
  description: "",
  needsKey: true,
  parameters: [],
  body: { schema: {}, example: { description: "Ada's" } },
  answers: [],
  example: null,
};

it("writes a line that a shell takes literally", () => {
  expect(curlOf(operation, "http://localhost:3000/api/v1")).toBe(
    [
      "curl -X POST 'http://localhost:3000/api/v1/endpoints' \\",
      '  -H "Authorization: Bearer $POSTHORN_KEY" \\',
      "  -H 'content-type: application/json' \\",
      `  -d '{\n  "description": "Ada'\\''s"\n}'`,
    ].join("\n"),
  );
});

it("shows no key where none is needed", () => {
  const open = { ...operation, method: "GET", path: "/openapi.json", needsKey: false, body: null };
  expect(curlOf(open, "http://x/api/v1")).toBe("curl 'http://x/api/v1/openapi.json'");
});
