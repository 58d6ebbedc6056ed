import type { createDocument } from "zod-openapi";
import { type JsonSchema, readableSchema } from "@/components/docs/readable-schema";

type Document = ReturnType<typeof createDocument>;

export interface ApiParameter {
  name: string;
  in: string;
  required: boolean;
  description: string | null;
}

/** One operation as the reference shows it. Its schema is for showing and follows its own references. */
export interface ApiOperation {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  needsKey: boolean;
  parameters: ApiParameter[];
  body: { schema: JsonSchema; example: unknown } | null;
  answers: { status: string; description: string }[];
  /** Of the first successful answer; null when it has no body. */
  example: { status: string; value: unknown } | null;
}

export interface ApiGroup {
  name: string;
  description: string;
  operations: ApiOperation[];
}

/** The operations of the document by tag, in its order. */
export function apiGroups(document: Document): ApiGroup[] {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item ?? {}).map(([method, operation]) => ({
      tag: (operation as { tags?: string[] }).tags?.[0],
      operation: toOperation(document, path, method, operation as Raw),
    })),
  );
  return (document.tags ?? []).map(({ name, description = "" }) => ({
    name,
    description,
    operations: operations.filter(({ tag }) => tag === name).map(({ operation }) => operation),
  }));
}

interface Media {
  schema?: JsonSchema;
  example?: unknown;
}

interface Raw {
  operationId?: string;
  summary?: string;
  description?: string;
  security?: unknown[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: JsonSchema }[];
  requestBody?: { content: Record<string, Media> };
  responses?: Record<string, { description: string; content?: Record<string, Media> }>;
}

function toOperation(document: Document, path: string, method: string, raw: Raw): ApiOperation {
  const body = raw.requestBody?.content["application/json"];
  const answers = Object.entries(raw.responses ?? {});
  const shown = answers.find(([, answer]) => answer.content?.["application/json"]?.example !== undefined);
  return {
    id: raw.operationId ?? `${method} ${path}`,
    method: method.toUpperCase(),
    path,
    summary: raw.summary ?? "",
    description: raw.description ?? "",
    needsKey: raw.security?.length !== 0,
    parameters: (raw.parameters ?? []).map((parameter) => ({
      name: parameter.name,
      in: parameter.in,
      required: parameter.required ?? false,
      description: parameter.description ?? (parameter.schema?.description as string | undefined) ?? null,
    })),
    body: body?.schema ? { schema: withRoot(document, body.schema), example: body.example } : null,
    answers: answers.map(([status, { description }]) => ({ status, description })),
    example: shown ? { status: shown[0], value: shown[1].content?.["application/json"]?.example } : null,
  };
}

/** References point into the document: beside the schema stand the components they name. */
function withRoot(document: Document, schema: JsonSchema): JsonSchema {
  const reference = typeof schema.$ref === "string" ? schema.$ref.split("/").at(-1) : undefined;
  const schemas = (document.components?.schemas ?? {}) as Record<string, JsonSchema>;
  const root = { ...(reference ? schemas[reference] : schema), components: { schemas } };
  return readableSchema(root);
}
