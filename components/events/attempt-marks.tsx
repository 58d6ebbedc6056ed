import Link from "next/link";
import { attemptName, resultWord } from "@/components/attempts/attempt-words";
import { cn } from "@/components/ui/class-names";
import { softTone } from "@/components/ui/tone";
import type { AttemptMark } from "@/lib/schemas/event";

/** The attempts of a delivery in order, each with its answer and a link to its request and response. */
export function AttemptMarks({ attempts }: { attempts: readonly AttemptMark[] }) {
  if (attempts.length === 0) return <span className="text-subtle">None yet</span>;
  return (
    <ol className="flex flex-wrap gap-1">
      {attempts.map((attempt) => (
        <li key={attempt.id}>
          <Link
            href={`/logs/${attempt.id}`}
            aria-label={`${attemptName(attempt.deliveryAttempt)}, ${attempt.succeeded ? "succeeded" : "failed"}: ${resultWord(attempt)}`}
            className={cn(
              "inline-flex h-6 items-center gap-1.5 rounded-sm border px-1.5 text-2xs hover:brightness-95 dark:hover:brightness-125",
              softTone[attempt.succeeded ? "success" : "danger"],
            )}
          >
            {attemptName(attempt.deliveryAttempt)}
            <span className="font-mono font-semibold">{resultWord(attempt)}</span>
          </Link>
        </li>
      ))}
    </ol>
  );
}
