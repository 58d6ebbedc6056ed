import "server-only";
import { allOperations } from "@/lib/schemas/operations/all";
import type { Deps } from "@/lib/server/deps";
import { openApiDocument, type OpenApiDocument } from "@/lib/server/openapi/document";

let document: OpenApiDocument | undefined;

/** The OpenAPI document of this instance. It does not change while the process runs. */
export function readOpenApi({ env, settings }: Pick<Deps, "env" | "settings">): OpenApiDocument {
  document ??= openApiDocument(allOperations, {
    url: env.url,
    version: settings.version,
    apiRateLimit: env.apiRateLimit,
  });
  return document;
}
