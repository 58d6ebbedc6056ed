import { resultWord } from "@/components/attempts/attempt-words";
import { Badge } from "@/components/ui/badge";
import type { AttemptSummaryOut } from "@/lib/schemas/attempt";

/** How an attempt ended: `200`, `503`, `Timed out`. */
export function ResultBadge({
  attempt,
}: {
  attempt: Pick<AttemptSummaryOut, "outcome" | "statusCode" | "errorCode">;
}) {
  return (
    <Badge tone={attempt.outcome === "succeeded" ? "success" : "danger"} dot>
      <span className="sr-only">{attempt.outcome === "succeeded" ? "Succeeded: " : "Failed: "}</span>
      {resultWord(attempt)}
    </Badge>
  );
}
