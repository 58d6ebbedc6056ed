import { getDeps } from "@/lib/server/deps";
import { readMetrics } from "@/lib/server/use-cases/read-metrics";

export const dynamic = "force-dynamic";

/** Prometheus text (contract, section 5). */
export async function GET(request: Request): Promise<Response> {
  return readMetrics(getDeps(), request);
}
