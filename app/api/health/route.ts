export const dynamic = "force-dynamic";

/** The process runs; whether it can do its work is what /api/ready tells. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}
