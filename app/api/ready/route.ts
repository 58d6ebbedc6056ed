import { getDeps } from "@/lib/server/deps";
import { checkReadiness } from "@/lib/server/use-cases/check-readiness";

export const dynamic = "force-dynamic";

/** 200 when this process can do its work, else 503 with the part that fails (contract, section 5). */
export async function GET(): Promise<Response> {
  const readiness = await checkReadiness(getDeps());
  const headers = { "cache-control": "no-store" };
  return Response.json(readiness, { status: readiness.status === "ready" ? 200 : 503, headers });
}
