import { cn } from "@/components/ui/class-names";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { StateDot } from "@/components/ui/state-dot";
import { TextLink } from "@/components/ui/text-link";
import { counted } from "@/lib/format/numbers";
import type { DraftVerdict } from "@/lib/schemas/event-draft";

const shownMax = 8;

type PublishVerdictProps = { verdict: DraftVerdict | null; isStale: boolean; failed: boolean };

/** Whom the draft will reach, or that it cannot be published as it stands. */
export function PublishVerdict({ verdict, isStale, failed }: PublishVerdictProps) {
  return (
    <Card title="Who will get it">
      <div aria-live="polite" className={cn("text-sm", isStale && verdict && "opacity-60")}>
        {verdict ? (
          <Verdict verdict={verdict} />
        ) : failed ? (
          <p className="text-muted">The check did not come back. Change something to try again.</p>
        ) : (
          <div className="grid gap-2.5">
            <Skeleton className="h-3.5 w-40" />
            <Skeleton className="h-3.5 w-56" />
          </div>
        )}
      </div>
    </Card>
  );
}

function Verdict({ verdict: { problems, endpoints } }: { verdict: DraftVerdict }) {
  if (problems.length > 0) {
    return (
      <p>
        Nobody yet: {counted(problems.length, "problem")} to solve in the data first. Each is named below the
        editor.
      </p>
    );
  }
  if (endpoints.length === 0) {
    return (
      <p>
        No endpoint that is active or validating subscribes to it. The event is kept, and an endpoint can
        recover it later. <TextLink href="/endpoints">Endpoints</TextLink>
      </p>
    );
  }
  const active = endpoints.filter(({ state }) => state === "active").length;
  const validating = endpoints.length - active;
  const groups = [
    active > 0 && `${counted(active, "active endpoint")} at once`,
    validating > 0 &&
      `${counted(validating, "validating endpoint")} once ${validating === 1 ? "it has" : "they have"} answered the test`,
  ].filter(Boolean);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <p>{groups.join(", ")}.</p>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {endpoints.slice(0, shownMax).map(({ id, url, state }) => (
          <li key={id} className="flex items-baseline gap-2">
            <StateDot
              tone={state === "active" ? "success" : "info"}
              label={state}
              className="translate-y-[-1px]"
            />
            <TextLink href={`/endpoints/${id}`} className="min-w-0 truncate font-mono text-xs">
              {url}
            </TextLink>
          </li>
        ))}
      </ul>
      {endpoints.length > shownMax && (
        <p className="text-xs text-muted">and {endpoints.length - shownMax} more</p>
      )}
    </div>
  );
}
