import "server-only";
import { createDocument, type ZodOpenApiObject, type ZodOpenApiOperationObject } from "zod-openapi";
import type { Operation } from "@/lib/schemas/operation";
import { answersOf } from "./answers";
import { examples } from "./examples";
import { limitsText } from "./limits";

export type OpenApiDocument = ReturnType<typeof createDocument>;

const introduction = `Publish events, manage endpoints and read what was delivered.

Every request carries an API key: \`Authorization: Bearer phk_...\`. A key acts for one organization and within its
scopes; what belongs to another organization is not found. Bodies are JSON in UTF-8; a field that is not known is
refused. Times are ISO 8601 in UTC with milliseconds. Values from a fixed list may be sent in any case and come back in lower case. Lists are
newest first; \`nextCursor\` is the \`cursor\` of the next page, or null on the last. Errors are problem documents
(RFC 9457), and \`errors\` names the fields.`;

const tags = [
  {
    name: "Events",
    description: "What happened: published once, delivered to every endpoint that wants it.",
  },
  { name: "Endpoints", description: "URLs with a subscription, secrets and a state." },
  { name: "Deliveries", description: "One event to one endpoint, and every request that was made for it." },
  { name: "Replays", description: "Deliveries made again on request: what failed, what was missed." },
  { name: "Event types", description: "The built-in catalog, and types of your own." },
  { name: "Statistics", description: "Attempts, failures and durations by hour or day." },
  { name: "Meta", description: "About the API itself." },
];

/** OpenAPI 3.1 of the operations. `url` is the public base URL of the instance, `apiRateLimit` its own. */
export function openApiDocument(
  operations: readonly Operation[],
  { url, version, apiRateLimit }: { url: string; version: string; apiRateLimit: number },
): OpenApiDocument {
  const used = new Set(operations.map((operation) => operation.tag));
  return createDocument({
    openapi: "3.1.0",
    info: { title: "Posthorn API", version, description: `${introduction}\n\n${limitsText(apiRateLimit)}` },
    servers: [{ url: `${url}/api/v1` }],
    tags: tags.filter((tag) => used.has(tag.name as Operation["tag"])),
    security: [{ apiKey: [] }],
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "An API key of the organization: `phk_...`." },
      },
    },
    paths: pathsOf(operations),
  });
}

function pathsOf(operations: readonly Operation[]): NonNullable<ZodOpenApiObject["paths"]> {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of operations) (paths[operation.path] ??= {})[operation.method] = describe(operation);
  return paths;
}

function describe(operation: Operation): ZodOpenApiOperationObject {
  const { scope, params, query, body } = operation;
  const scopeText = scope === null ? "" : `Needs the scope \`${scope}\`.`;
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    description: [operation.description, scopeText].filter(Boolean).join("\n\n"),
    ...(scope === null ? { security: [] } : { "x-scope": scope }),
    requestParams: {
      ...(params ? { path: params as never } : {}),
      ...(query ? { query: query as never } : {}),
    },
    ...(operation.headers ? { parameters: headerParameters(operation.headers) } : {}),
    ...(body
      ? {
          requestBody: {
            required: !operation.bodyOptional,
            content: { "application/json": { schema: body as never, example: examples[operation.id]?.body } },
          },
        }
      : {}),
    responses: answersOf(operation),
  };
}

function headerParameters(headers: NonNullable<Operation["headers"]>) {
  return headers.map(({ name, description }) => ({
    in: "header" as const,
    name,
    description,
    required: false,
    schema: { type: "string" as const },
  }));
}
