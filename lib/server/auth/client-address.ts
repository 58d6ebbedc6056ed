import "server-only";

/** Where a request came from, as the nearest proxy tells it; null when nothing does. For logs, never for a decision. */
export function clientAddress(headers: Headers): string | null {
  const forwarded = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  return forwarded || headers.get("x-real-ip");
}
