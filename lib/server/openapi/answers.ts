import "server-only";
import { z } from "zod";
import type { ZodOpenApiResponsesObject } from "zod-openapi";
import { jsonDepthMax } from "@/lib/domain/json-value";
import { bodyBytesMax } from "@/lib/domain/limits";
import type { Answer, Operation } from "@/lib/schemas/operation";
import { examples } from "./examples";

/** What every error answers with (RFC 9457). */
const Problem = z
  .object({
    type: z.string().meta({ example: "about:blank" }),
    title: z.string().meta({ description: "The kind of error, in words.", example: "Invalid input" }),
    status: z.int().meta({ example: 422 }),
    detail: z
      .string()
      .meta({ description: "One sentence that a person can act on.", example: "data.id: is required" }),
    errors: z
      .array(
        z.object({
          path: z.string().meta({ example: "data.id" }),
          message: z.string().meta({ example: "is required" }),
        }),
      )
      .optional()
      .meta({ description: "For bad input: which fields, and why." }),
  })
  .meta({ id: "Problem" });

const tooManyRequests: Answer = {
  status: 429,
  description: "The key has made too many requests; `Retry-After` says how many seconds to wait.",
};

const retryAfter = {
  description: "Seconds to wait before the request is sent again.",
  schema: { type: "integer" as const, minimum: 1 },
};

/** Every operation's answers: its own, and the errors that its shape makes possible. */
export function answersOf(operation: Operation): ZodOpenApiResponsesObject {
  const own = [operation.answer, ...(operation.otherAnswers ?? [])];
  const answers = [...own, ...commonProblems(operation)];
  const responses: ZodOpenApiResponsesObject = {};
  for (const answer of answers) {
    const example = answer === operation.answer ? examples[operation.id]?.answer : undefined;
    responses[`${answer.status}` as "200"] ??= responseOf(answer, example);
  }
  return responses;
}

function commonProblems(operation: Operation): Answer[] {
  const { scope, params, query, body } = operation;
  if (scope === null) return [];
  return [
    (body ?? params) && {
      status: 400,
      description: body
        ? `The body is not valid JSON, or nested deeper than ${jsonDepthMax} levels.`
        : "The path cannot be decoded: a percent sign begins two hex digits of UTF-8.",
    },
    { status: 401, description: "There is no API key, or it is not known or was revoked." },
    { status: 403, description: `The key lacks the scope ${scope}.` },
    params && { status: 404, description: "There is no such object in the key's organization." },
    body && {
      status: 415,
      description: "The body is compressed; only bodies without a `Content-Encoding` are read.",
    },
    body && { status: 413, description: `The body is larger than ${bodyBytesMax / 2 ** 20} MiB.` },
    (query ?? body) && { status: 422, description: "Some fields are not valid; `errors` names them." },
    tooManyRequests,
    {
      status: 503,
      description: "The database cannot be reached at the moment. Try again after `Retry-After`.",
    },
  ].filter((answer): answer is Answer => Boolean(answer));
}

function responseOf({ status, description, schema }: Answer, example: unknown) {
  if (status >= 400) {
    const headers = status === 429 || status === 503 ? { headers: { "Retry-After": retryAfter } } : {};
    return { description, ...headers, content: { "application/problem+json": { schema: Problem } } };
  }
  if (!schema) return { description };
  return { description, content: { "application/json": { schema: schema as never, example } } };
}
