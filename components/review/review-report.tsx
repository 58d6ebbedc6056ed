import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { actionLabels } from "@/components/review/review-words";
import { counted } from "@/lib/format/numbers";
import type { ReviewAction, ReviewResult } from "@/lib/schemas/review";

export interface ReviewReportContent {
  action: ReviewAction;
  results: readonly ReviewResult[];
}

/** What became of each endpoint of a selection; refusals first. */
export function ReviewReport({ report, onDismiss }: { report: ReviewReportContent; onDismiss: () => void }) {
  const { action, results } = report;
  const refused = results.filter(({ ok }) => !ok);
  const done = results.filter(({ ok }) => ok);
  return (
    <Callout
      live
      tone={refused.length > 0 ? "warning" : "success"}
      className="mb-4"
      title={`${actionLabels[action]}: ${counted(done.length, "endpoint")} done${refused.length > 0 ? `, ${refused.length} refused` : ""}`}
      actions={
        <Button size="sm" variant="ghost" onClick={onDismiss}>
          Dismiss
        </Button>
      }
    >
      <ul className="mt-1 max-h-48 overflow-y-auto text-xs leading-5">
        {[...refused, ...done].map(({ endpointId, url, message }) => (
          <li key={endpointId}>
            <span className="font-mono break-all">{url ?? endpointId}</span>: {message}
          </li>
        ))}
      </ul>
    </Callout>
  );
}
