// How Node.js is started for the server, and for the benchmark that measures it. Requests and their records live for some
// milliseconds: with room for them in the young generation (16 MiB by default) they are gone before the collector would
// move them. The benchmark's engine is some 4 % faster with it, for up to 50 MiB of memory.
export const serverNodeArgs = ["--max-semi-space-size=32"];
