import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "@/lib/domain/content-security-policy";
import { formBytesMax } from "@/lib/domain/limits";

/** Named as in lib/server/auth/return-path.ts, which only server components may import. */
const pathHeader = "x-posthorn-path";

/** What a process of the role `worker` answers; everything else is another process's. */
const workerPaths = /^\/(api\/health|api\/ready|api\/worker|metrics)$/;

/**
 * Before every page and route but the REST API, which is the hot path and checks for itself: a worker has no pages,
 * pages learn which path was asked for, and each gets a policy with a nonce of its own.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  if (process.env.POSTHORN_ROLE?.toLowerCase() === "worker" && !workerPaths.test(pathname)) {
    return new NextResponse("Not found: this process only delivers.\n", { status: 404 });
  }
  // Whatever says so beforehand is not read at all; a test inbox takes and measures for itself.
  if (Number(request.headers.get("content-length") ?? 0) > formBytesMax && !pathname.startsWith("/in/")) {
    return new NextResponse(`Too large: send at most ${formBytesMax / 2 ** 20} MiB.\n`, { status: 413 });
  }
  const headers = new Headers(request.headers);
  headers.set(pathHeader, pathname + search);
  // A test inbox is no page, and shows the headers that it got. Next would add to them what stands in this response.
  if (/^\/(api|in)\//.test(pathname)) return NextResponse.next({ request: { headers } });
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");
  // Next reads the nonce from the request's policy and puts it on its own scripts; the layout reads the other one.
  headers.set("content-security-policy", policy);
  headers.set("x-nonce", nonce);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  if (process.env.POSTHORN_URL?.startsWith("https:")) {
    response.headers.set("strict-transport-security", "max-age=31536000");
  }
  return response;
}

export const config = { matcher: ["/((?!_next/|api/v1/|icon.svg|favicon.ico).*)"] };
