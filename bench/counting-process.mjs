// Takes this share of one core, and nothing else that the engine could want: no disk, no socket, hardly any memory.
const share = Number(process.argv[2]);
const periodMs = 5;

setInterval(() => {
  const until = performance.now() + periodMs * share;
  for (let counted = 0; performance.now() < until; counted += 1);
}, periodMs);
process.on("disconnect", () => process.exit(0));
