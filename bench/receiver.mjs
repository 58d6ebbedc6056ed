// The receiver of every round, in a process of its own: reads requests by their length and answers 200. Node's http
// server would cost more than the sender that is measured, so this one knows just enough HTTP for our own requests.
// `/slow` is answered after 20 ms, `/hang` never. Messages to the parent: the port, then, when asked, what was received,
// at once or when it is as many as the parent waits for. It counts as it goes: whoever counts while others are measured
// takes part in what is measured.
import net from "node:net";

const answer = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
const slowMs = 20;
let count = 0;
let ids = new Map();
let repeated = 0;
let awaitedCount = Infinity;
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
        const times = (ids.get(key) ?? 0) + 1;
        ids.set(key, times);
        if (times === 2) repeated += 1;
      }
      count += 1;
      tellWhenReached();
      if (path.startsWith("/slow")) setTimeout(() => socket.write(answer), slowMs);
      else answers += answer;
    }
    if (answers) socket.write(answers);
  });
});

server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));

function tellWhenReached() {
  if (count < awaitedCount) return;
  awaitedCount = Infinity;
  process.send({ count, distinct: ids.size, repeated, lastArrivalMs });
}

process.on("message", (message) => {
  if (message === "stop") process.exit(0);
  if (message === "reset") {
    count = 0;
    ids = new Map();
    repeated = 0;
  }
  awaitedCount = message.reached ?? 0;
  tellWhenReached();
});
process.on("disconnect", () => process.exit(0));
