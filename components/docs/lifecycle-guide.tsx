import type { GuideTiming } from "@/lib/schemas/guide-timing";
import { Prose } from "@/components/docs/prose";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import type { Tone } from "@/components/ui/tone";
import { spellDuration } from "@/lib/format/duration";

/** The states and statuses of an endpoint, in the order in which one meets them. */
export function LifecycleGuide({ timing }: { timing: GuideTiming }) {
  return (
    <Card id="lifecycle" title="The life of an endpoint">
      <div className="grid gap-4">
        <Prose>
          <p>The state says what is sent, the status how an active endpoint is doing.</p>
        </Prose>
        <dl className="grid gap-3.5">
          {entries(timing).map(({ word, tone, text }) => (
            <div key={word} className="grid gap-x-4 gap-y-1 sm:grid-cols-[7rem_minmax(0,1fr)]">
              <dt>
                <Badge tone={tone} dot>
                  {word}
                </Badge>
              </dt>
              <dd className="max-w-3xl text-sm leading-6 text-muted">{text}</dd>
            </div>
          ))}
        </dl>
        <Prose>
          <p>
            Those are the numbers of the default policy. An endpoint can be judged by streaks (a warning at 5
            failures within 10 attempts, disabled at 10 in a row) or by volume (disabled at 50 in a row)
            instead. Another policy takes over the failures so far and decides from the next one on; a
            probation that it does not know ends. Tests and validations never count, nor does what was our own
            fault.
          </p>
        </Prose>
      </div>
    </Card>
  );
}

function entries(timing: GuideTiming): { word: string; tone: Tone; text: string }[] {
  const every = spellDuration(timing.validationRetryEveryMs);
  const warningMs = timing.disableAfterMs - timing.probationAfterMs;
  return [
    {
      word: "Disabled",
      tone: "neutral",
      text: "New endpoints begin here. Nothing is sent and nothing is queued; events stay recoverable for as long as they are kept.",
    },
    {
      word: "Validating",
      tone: "info",
      text: `After Activate a signed test is sent: developer.webhook.test, or the challenge. Until it is answered, matching events are held. It is sent again every ${every} for ${spellDuration(timing.validationWindowMs)}, then the endpoint is disabled.`,
    },
    {
      word: "Active",
      tone: "success",
      text: "The test was answered. What was held goes out, oldest first, and events are delivered as they come. A new URL has to prove itself the same way.",
    },
    {
      word: "Probation",
      tone: "warning",
      text: `Nothing but failures for ${spellDuration(timing.probationAfterMs)}. Admins get a mail with the reason and the exact time at which the endpoint will be disabled. One success clears it.`,
    },
    {
      word: "Failing",
      tone: "danger",
      text: `Still failing ${spellDuration(timing.disableAfterMs)} after the first failure, and at least ${spellDuration(warningMs)} after the warning: the endpoint is disabled, and what was pending can be recovered. Activate brings it back through the same test.`,
    },
  ];
}
