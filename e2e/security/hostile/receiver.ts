import net from "node:net";
import type { AddressInfo } from "node:net";
import { hostileTexts } from "./strings.ts";

const { html, breakout, attribute, terminal, direction, nul } = hostileTexts;

/** Answers by the last part of the path: what follows the status line, as bytes. */
const answers: Record<string, Buffer> = {
  html: answer(
    [`x-html: ${html}`, `x-attribute: ${attribute}`, "content-type: text/html"],
    `${html}${breakout}`,
  ),
  escapes: answer(["content-type: text/plain"], `${terminal}\r${direction}${nul}`),
  "raw-header": answer([`x-terminal: ${terminal}`], html),
  "latin1-header": answer(["x-latin1: hostile\u00e9\u00ff"], "latin1"),
  bytes: answer(
    [],
    Buffer.from([0x68, 0xff, 0xfe, 0x00, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0x1b, 0x5b, 0x33, 0x31, 0x6d]),
  ),
  "long-line": answer(["content-type: application/json"], `{"a":"${"W".repeat(5 * 1024 * 1024)}"}`),
  proto: answer(
    ["__proto__: hostile", "constructor: hostile", "content-type: application/json"],
    '{"__proto__":{"a":1}}',
  ),
  locations: answer(
    [`location: javascript:window.ran=1`, "content-type: application/json"],
    JSON.stringify({ html, url: "javascript:window.ran=1" }),
  ),
};

const gone = answer([], html);

export const answerNames = Object.keys(answers);

function answer(headers: readonly string[], body: string | Buffer): Buffer {
  const bytes = typeof body === "string" ? Buffer.from(body, "utf8") : body;
  const head = [
    "HTTP/1.1 410 Gone",
    ...headers,
    `content-length: ${bytes.length}`,
    "connection: close",
    "",
    "",
  ];
  return Buffer.concat([Buffer.from(head.join("\r\n"), "latin1"), bytes]);
}

export interface HostileReceiver {
  url: (name: string) => string;
  close(): Promise<void>;
}

/** Speaks HTTP by hand: no server would send these headers. Accepts tests of endpoints, and answers all else as told. */
export async function startHostileReceiver(): Promise<HostileReceiver> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (!isWhole(text)) return;
      const name = /^\S+ \/([\w-]+)/.exec(text)?.[1] ?? "";
      const isValidation = text.includes('"eventType":"developer.webhook.test"') && name === "accepting";
      socket.end(
        isValidation
          ? "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
          : (answers[name] ?? gone),
      );
      text = "";
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: (name) => `http://127.0.0.1:${port}/${name}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const length = Number(/content-length: (\d+)/i.exec(text.slice(0, end))?.[1] ?? 0);
  return text.length >= end + 4 + length;
}
