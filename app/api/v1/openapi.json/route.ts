import { getDeps } from "@/lib/server/deps";
import { readOpenApi } from "@/lib/server/use-cases/read-openapi";

export const dynamic = "force-dynamic";

/** The description of the API; public, like the API it describes. */
export function GET(): Response {
  if (getDeps().env.role === "worker") return new Response(null, { status: 404 });
  return Response.json(readOpenApi(getDeps()), {
    headers: { "cache-control": "public, max-age=60", "access-control-allow-origin": "*" },
  });
}
