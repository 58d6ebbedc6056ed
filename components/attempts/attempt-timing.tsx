import { Waterfall, type WaterfallPhase } from "@/components/ui/waterfall";
import type { AttemptOut } from "@/lib/schemas/attempt";

/** Where the time went, phase by phase. */
export function AttemptTiming({ attempt: { timings, durationMs, response } }: { attempt: AttemptOut }) {
  const { dnsMs, connectMs, tlsMs, firstByteMs, bodyMs } = timings;
  const wasOpen = connectMs === null && firstByteMs !== null;
  const phases: WaterfallPhase[] = [
    { label: "DNS", durationMs: dnsMs, tone: "info", absentText: wasOpen ? "reused" : "–" },
    { label: "Connect", durationMs: connectMs, tone: "accent", absentText: wasOpen ? "reused" : "–" },
    { label: "TLS", durationMs: tlsMs, tone: "warning", absentText: wasOpen ? "reused" : "–" },
    { label: "First byte", durationMs: firstByteMs, tone: "success" },
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
