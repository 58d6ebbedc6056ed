import { Waterfall, type WaterfallPhase } from "@/components/ui/waterfall";
import type { AttemptOut } from "@/lib/schemas/attempt";

/** Where the time went, phase by phase. */
export function AttemptTiming({
  attempt: { timings, durationMs, request, response },
}: {
  attempt: AttemptOut;
}) {
  const { dnsMs, connectMs, tlsMs, firstByteMs, bodyMs } = timings;
  const wasOpen = connectMs === null && firstByteMs !== null;
  const isPlain = request.url.startsWith("http:");
  const phases: WaterfallPhase[] = [
    { label: "DNS", durationMs: dnsMs, tone: "info", absentText: wasOpen ? "reused" : "–" },
    { label: "Connect", durationMs: connectMs, tone: "accent", absentText: wasOpen ? "reused" : "–" },
    {
      label: "TLS",
      durationMs: tlsMs,
      tone: "warning",
      absentText: isPlain ? "none" : wasOpen ? "reused" : "–",
    },
    firstByteMs === null && response === null
      ? { label: "Waiting", durationMs: waitedMs(timings, durationMs), tone: "danger" }
      : { label: "First byte", durationMs: firstByteMs, tone: "success" },
    { label: "Body", durationMs: bodyMs, tone: "neutral" },
  ];
  return (
    <>
      <Waterfall label="Timing" totalMs={durationMs} phases={phases} />
      {wasOpen && <p className="mt-3 text-xs text-muted">The connection was open from an earlier request.</p>}
      {response === null && (
        <p className="mt-3 text-xs text-muted">The attempt ended before an answer began.</p>
      )}
    </>
  );
}

/** How long nothing came, when nothing ever did. */
function waitedMs({ dnsMs, connectMs, tlsMs }: AttemptOut["timings"], durationMs: number): number {
  return Math.max(0, durationMs - (dnsMs ?? 0) - (connectMs ?? 0) - (tlsMs ?? 0));
}
