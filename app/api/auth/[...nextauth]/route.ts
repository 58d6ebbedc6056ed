import { NextRequest } from "next/server";
import nextAuth from "next-auth";
import { bodyBytesMax } from "@/lib/domain/limits";
import { signInOptions } from "@/lib/server/auth/sign-in-options";
import { problemResponse } from "@/lib/server/http/problem";
import { readBytes } from "@/lib/server/http/request-body";

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

// Built per request: the options need the configuration, which is not there while the application is built.
const handle = (request: NextRequest, context: Context): Promise<Response> =>
  nextAuth(request, context, signInOptions()) as Promise<Response>;

/** next-auth reads whatever comes: what is too large does not get that far. */
async function handleBody(request: NextRequest, context: Context): Promise<Response> {
  const body = await readBytes(request, bodyBytesMax);
  if (body === null) return problemResponse(413, `The body is larger than ${bodyBytesMax / 2 ** 20} MiB.`);
  const { url, method, headers } = request;
  return handle(new NextRequest(url, { method, headers, body: Uint8Array.from(body) }), context);
}

export { handle as GET, handleBody as POST };
