// The receiver of every round, in a process of its own: reads requests by their length and answers 200. What it costs is
// taken from the cores that are measured, so it knows just enough HTTP for our own requests, and keeps what it has to say
// in the end as bytes instead of as a string and an entry of a map for each.
// `/slow` is answered after 20 ms, `/hang` never. Messages to the parent: the port; then, when asked, that as many arrived
// as it waits for, or what was received, which is counted only then.
import net from "node:net";

const answer = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
const slowMs = 20;
/** Of a path and a `webhook-id` together; each takes this many bytes. */
const keyBytes = 128;
const keysPerBlock = 8192;

let count = 0;
/** The keys of what arrived, in blocks of `keysPerBlock`. */
let blocks = [];
let keyCount = 0;
let awaitedCount = Infinity;
let lastArrivalMs = 0;

const server = net.createServer((socket) => {
  socket.setNoDelay(true);
  let pending = null;
  socket.on("error", () => undefined);
  socket.on("data", (chunk) => {
    let rest = pending ? Buffer.concat([pending, chunk]) : chunk;
    let answers = "";
    for (;;) {
      const headEnd = rest.indexOf("\r\n\r\n");
      if (headEnd < 0) break;
      const head = rest.latin1Slice(0, headEnd + 2);
      const end = headEnd + 4 + Number(headerOf(head, "content-length") || 0);
      if (rest.length < end) break;
      rest = rest.subarray(end);
      const path = head.slice(5, head.indexOf(" ", 5));
      if (path.startsWith("/hang")) continue;
      arrived(path, headerOf(head, "webhook-id"));
      if (path.startsWith("/slow")) setTimeout(() => socket.write(answer, "latin1"), slowMs);
      else answers += answer;
    }
    pending = rest.length > 0 ? rest : null;
    if (answers) socket.write(answers, "latin1");
  });
});

server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));

/** Names in lower case, as our client sends them. */
function headerOf(head, name) {
  const start = head.indexOf(`\r\n${name}: `);
  if (start < 0) return "";
  const valueStart = start + name.length + 4;
  return head.slice(valueStart, head.indexOf("\r\n", valueStart));
}

function arrived(path, id) {
  lastArrivalMs = performance.timeOrigin + performance.now();
  if (id) {
    const place = keyCount % keysPerBlock;
    if (place === 0) blocks.push(Buffer.alloc(keyBytes * keysPerBlock));
    const written = blocks.at(-1).latin1Write(`${path} ${id}`, place * keyBytes, keyBytes);
    if (written < path.length + 1 + id.length) throw new Error("A path and an id are longer than a key");
    keyCount += 1;
  }
  count += 1;
  tellWhenReached();
}

function received() {
  const times = new Map();
  for (let number = 0; number < keyCount; number += 1) {
    const start = (number % keysPerBlock) * keyBytes;
    const key = blocks[Math.floor(number / keysPerBlock)].latin1Slice(start, start + keyBytes);
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  const repeated = [...times.values()].filter((often) => often > 1).length;
  return { distinct: times.size, repeated };
}

function tellWhenReached() {
  if (count < awaitedCount) return;
  awaitedCount = Infinity;
  process.send({ lastArrivalMs });
}

process.on("message", (message) => {
  if (message === "stop") process.exit(0);
  if (message === "received") process.send(received());
  if (message === "reset") {
    count = keyCount = 0;
    blocks = [];
    process.send({});
  }
  if (message.reached !== undefined) {
    awaitedCount = message.reached;
    tellWhenReached();
  }
});
process.on("disconnect", () => process.exit(0));
