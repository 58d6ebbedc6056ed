import http from "node:http";
import type { AddressInfo } from "node:net";

export interface ReceivedRequest {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
  at: Date;
}

/** What the receiver answers; `never` leaves the request open until the receiver is closed. */
export interface ReceiverAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

export type Answering = (
  request: ReceivedRequest,
  earlier: number,
) => ReceiverAnswer | "never" | Promise<ReceiverAnswer>;

export interface WebhookReceiver {
  url: string;
  requests: ReceivedRequest[];
  /** May be replaced at any time. */
  answer: Answering;
  close(): Promise<void>;
}

/** A real HTTP server on this machine that keeps what it receives; answers 200 unless told otherwise. */
export async function startWebhookReceiver(
  answer: Answering = () => ({ status: 200 }),
  host = "127.0.0.1",
): Promise<WebhookReceiver> {
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      void reply({
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
        at: new Date(),
      });
    });
    const reply = async (received: ReceivedRequest) => {
      const earlier = receiver.requests.length;
      receiver.requests.push(received);
      const answered = await receiver.answer(received, earlier);
      if (answered === "never") return;
      response.writeHead(answered.status, answered.headers).end(answered.body ?? "");
    };
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const receiver: WebhookReceiver = {
    url: `http://${host}:${(server.address() as AddressInfo).port}/webhooks`,
    requests: [],
    answer,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}
