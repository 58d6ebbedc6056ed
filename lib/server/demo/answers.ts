import "server-only";
import type { ErrorCode } from "@/lib/domain/error-codes";

/** What a bundled receiver does with a request. */
export const demoAnswerNames = [
  "ok",
  "accepted",
  "server_error",
  "bad_gateway",
  "unavailable",
  "not_found",
  "crawl",
  "refused",
] as const;
export type DemoAnswerName = (typeof demoAnswerNames)[number];

export interface DemoAnswer {
  /** 0: no HTTP response came. */
  statusCode: number;
  errorCode: ErrorCode | null;
  headers: Readonly<Record<string, string>>;
  body: string;
}

const json = { "content-type": "application/json" };
const html = { "content-type": "text/html; charset=utf-8", server: "nginx/1.27.2" };

/** One text for what the simulated week shows and what the live receivers send. */
export const demoAnswers: Readonly<Record<DemoAnswerName, DemoAnswer>> = {
  ok: { statusCode: 200, errorCode: null, headers: json, body: '{"received":true}' },
  accepted: { statusCode: 202, errorCode: null, headers: json, body: '{"queued":true}' },
  server_error: {
    statusCode: 500,
    errorCode: null,
    headers: json,
    body: '{"error":"duplicate key value violates unique constraint \\"invoice_number_key\\"","trace":"b1946ac92492d234"}',
  },
  bad_gateway: {
    statusCode: 502,
    errorCode: null,
    headers: html,
    body: "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>",
  },
  unavailable: {
    statusCode: 503,
    errorCode: null,
    headers: { ...json, "retry-after": "120" },
    body: '{"error":"maintenance"}',
  },
  not_found: {
    statusCode: 404,
    errorCode: null,
    headers: json,
    body: '{"error":"no route for POST /partner"}',
  },
  crawl: {
    statusCode: 200,
    errorCode: "timeout",
    headers: { "content-type": "text/plain" },
    body: "..........",
  },
  refused: { statusCode: 0, errorCode: "connection_refused", headers: {}, body: "" },
};
