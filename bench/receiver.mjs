// The receiver of every round, in a process of its own: reads requests by their length and answers 200. Node's http
// server would cost more than the sender that is measured, so this one knows just enough HTTP for our own requests.
// `/slow` is answered after 20 ms, `/hang` never. Messages to the parent: the port, then, when asked, what was received.
import net from "node:net";

const answer = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
const slowMs = 20;
let count = 0;
let ids = new Map();
let lastArrivalMs = 0;

const server = net.createServer((socket) => {
  socket.setNoDelay(true);
  let pending = "";
  socket.on("error", () => undefined);
  socket.on("data", (chunk) => {
    pending += chunk.toString("latin1");
    let answers = "";
    for (;;) {
      const headEnd = pending.indexOf("\r\n\r\n");
      if (headEnd < 0) break;
      const head = pending.slice(0, headEnd);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (pending.length < headEnd + 4 + length) break;
      pending = pending.slice(headEnd + 4 + length);
      if (head.startsWith("POST /hang")) continue;
      lastArrivalMs = performance.timeOrigin + performance.now();
      const id = /webhook-id: (\S+)/i.exec(head)?.[1];
      const path = head.slice(5, head.indexOf(" ", 5));
      if (id) {
        const key = path + id;
        ids.set(key, (ids.get(key) ?? 0) + 1);
      }
      count += 1;
      if (path.startsWith("/slow")) setTimeout(() => socket.write(answer), slowMs);
      else answers += answer;
    }
    if (answers) socket.write(answers);
  });
});

server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));

process.on("message", (message) => {
  if (message === "stop") process.exit(0);
  if (message === "reset") {
    count = 0;
    ids = new Map();
  }
  const repeated = [...ids.values()].filter((times) => times > 1).length;
  process.send({ count, distinct: ids.size, repeated, lastArrivalMs });
});
process.on("disconnect", () => process.exit(0));
