import { type NextRequest, NextResponse } from "next/server";

/** Named as in lib/server/auth/return-path.ts, which only server components may import. */
const pathHeader = "x-posthorn-path";

/** What a process of the role `worker` answers; everything else is another process's. */
const workerPaths = /^\/(api\/health|api\/ready|api\/worker|metrics)$/;

/** Before every page and route: a worker has neither, and pages learn which path was asked for. */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  if (process.env.POSTHORN_ROLE === "worker" && !workerPaths.test(pathname)) {
    return new NextResponse("Not found: this process only delivers.\n", { status: 404 });
  }
  const headers = new Headers(request.headers);
  headers.set(pathHeader, pathname + search);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: ["/((?!_next/|icon.svg|favicon.ico).*)"] };
