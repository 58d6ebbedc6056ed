import { problemResponse } from "@/lib/server/http/problem";

/** What is asked for under /api/v1 and is not there is told in the API's own words, not by a page. */
function answer(): Response {
  return problemResponse(404, "There is nothing at this path. GET /api/v1/openapi.json lists what there is.");
}

export { answer as GET, answer as POST, answer as PUT, answer as PATCH, answer as DELETE };
