import type { OpenApiDocument } from "../document";
import type { Schema } from "./schema-arbitrary";

export interface Parameter {
  in: "path" | "query" | "header";
  name: string;
  schema: Schema;
  required?: boolean;
}

/** One operation, as a reader of the document alone knows it. */
export interface DocumentedOperation {
  operationId: string;
  method: string;
  path: string;
  parameters: Parameter[];
  body: { schema: Schema; example?: unknown } | null;
  responses: Record<string, { content?: Record<string, unknown> }>;
}

/** Every operation of the document: what is new in it is there by itself. */
export function operationsOf(document: OpenApiDocument): DocumentedOperation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item ?? {}).map(([method, value]) => {
      const { operationId, parameters, requestBody, responses } = value as unknown as {
        operationId: string;
        parameters?: Parameter[];
        requestBody?: { content: { "application/json": { schema: Schema; example?: unknown } } };
        responses: DocumentedOperation["responses"];
      };
      const body = requestBody?.content["application/json"] ?? null;
      return {
        operationId,
        method: method.toUpperCase(),
        path,
        parameters: parameters ?? [],
        body,
        responses,
      };
    }),
  );
}
