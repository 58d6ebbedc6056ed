import type { NextRequest } from "next/server";
import nextAuth from "next-auth";
import { authOptions } from "@/lib/server/auth/auth-options";

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

// Built per request: the options need the configuration, which is not there while the application is built.
const handle = (request: NextRequest, context: Context): Promise<Response> =>
  nextAuth(request, context, authOptions()) as Promise<Response>;

export { handle as GET, handle as POST };
