import { Prose } from "@/components/docs/prose";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";

/** What one request looks like. Both texts are of the same example. */
export function RequestGuide({ headers, body }: { headers: string; body: string }) {
  return (
    <Card id="request" title="What arrives">
      <div className="grid gap-4">
        <Prose>
          <p>
            Every attempt is a <code>POST</code> with a JSON body. The <code>data</code> is the event&apos;s
            own, exactly as it was published; around it stands what the receiver needs to tell attempts apart.
          </p>
        </Prose>
        <CodeBlock label="the request headers" title="Headers" language="http" code={headers} wrap />
        <CodeBlock label="the request body" title="Body" language="json" code={body} className="max-h-96" />
        <Prose>
          <ul>
            <li>
              <code>webhook-id</code> is the <code>eventId</code>: the same on every attempt and every replay.
              Keep it, and treat a second request with it as done already.
            </li>
            <li>
              <code>webhook-timestamp</code> is the time of this attempt in seconds; the signature covers it.
            </li>
            <li>
              <code>deliveryAttempt</code> counts from zero, <code>deliveryTimestamp</code> is new on each
              attempt, and <code>eventTimestamp</code> says when it happened. Events may arrive out of order.
            </li>
          </ul>
        </Prose>
      </div>
    </Card>
  );
}
