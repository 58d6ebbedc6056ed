import { inboxBodyBytesMax } from "@/lib/schemas/inbox";
import { getDeps } from "@/lib/server/deps";
import { problemOf, problemResponse } from "@/lib/server/http/problem";
import { readBytes } from "@/lib/server/http/request-body";
import { crawl } from "@/lib/server/inbox/crawl";
import { receiveInboxRequest } from "@/lib/server/use-cases/receive-inbox-request";

/** The test inbox: takes any request, shows it in the dashboard, and answers as it was told to. No session, no key. */
async function receive(request: Request, context: { params: Promise<{ token: string }> }): Promise<Response> {
  const deps = getDeps();
  try {
    const { token } = await context.params;
    const body = await readBytes(request, inboxBodyBytesMax);
    const query = new URL(request.url).search;
    const incoming = { method: request.method, query, headers: request.headers, body };
    const answer = await receiveInboxRequest(deps, token, incoming);
    if (answer === null)
      return problemResponse(404, "There is no inbox at this address. It may have been deleted.");
    if (answer.kind === "crawl") return crawl() ?? tooManyCrawl();
    const { status, headers } = answer;
    return new Response(request.method === "HEAD" ? null : answer.body, {
      status,
      headers: { "content-type": "application/json", "x-content-type-options": "nosniff", ...headers },
    });
  } catch (error) {
    return problemOf(error, deps.log);
  }
}

function tooManyCrawl(): Response {
  return problemResponse(503, "Too many answers crawl at the moment. Try again in a minute.", {
    headers: { "retry-after": "60" },
  });
}

export {
  receive as DELETE,
  receive as GET,
  receive as HEAD,
  receive as OPTIONS,
  receive as PATCH,
  receive as POST,
  receive as PUT,
};
