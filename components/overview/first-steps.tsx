import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { Steps, type Step } from "@/components/ui/steps";
import { TextLink } from "@/components/ui/text-link";
import type { OverviewOut } from "@/lib/schemas/overview";

/** Whether a step of the first run is still ahead. Once attempts were made, nobody needs leading any more. */
export function isFirstRun({ endpoints, hasEvents, total, before }: OverviewOut): boolean {
  if (total.attempts + before.attempts > 0) return false;
  return !endpoints.some(({ state }) => state === "active") || !hasEvents;
}

/** The way from an empty organization to the first delivery. */
export function FirstSteps({ overview: { endpoints, hasEvents } }: { overview: OverviewOut }) {
  const hasEndpoint = endpoints.length > 0;
  const hasActive = endpoints.some(({ state }) => state === "active");
  const isValidating = endpoints.some(({ state }) => state === "validating");
  const activation: Step["state"] = hasActive ? "done" : isValidating ? "running" : "waiting";
  return (
    <Card
      title="Deliver your first event"
      description="Three steps, a minute or two. Nothing is sent before you activate an endpoint."
    >
      <Steps
        label="First steps"
        steps={[
          {
            label: "Create an endpoint",
            state: hasEndpoint ? "done" : "waiting",
            detail: hasEndpoint ? undefined : <CreateEndpoint />,
          },
          {
            label: "Activate it",
            state: activation,
            detail: hasActive ? undefined : (
              <StepAction isNext={hasEndpoint} href="/endpoints" label="Go to the endpoint">
                {isValidating
                  ? "A signed test is being sent. The endpoint is active as soon as it answers 200."
                  : "Posthorn sends a signed test. The endpoint is active as soon as it answers 200."}
              </StepAction>
            ),
          },
          {
            label: "Publish an event",
            state: hasEvents ? "done" : "waiting",
            detail: hasEvents ? undefined : (
              <StepAction isNext={hasActive} href="/events/publish" label="Publish an event">
                By hand from its example, or with a POST to /api/v1/events. Then watch it arrive in the log.
              </StepAction>
            ),
          },
        ]}
      />
    </Card>
  );
}

function CreateEndpoint() {
  return (
    <>
      <p>
        The URL that receives events. No server yet? <TextLink href="/inbox">Use a test inbox</TextLink>: it
        shows what arrives and checks its signature.
      </p>
      <LinkButton href="/endpoints/new" variant="primary" className="mt-2.5">
        Create an endpoint
      </LinkButton>
    </>
  );
}

type StepActionProps = { isNext: boolean; href: string; label: string; children: string };

function StepAction({ isNext, href, label, children }: StepActionProps) {
  return (
    <>
      <p>{children}</p>
      {isNext && (
        <LinkButton href={href} variant="primary" className="mt-2.5">
          {label}
        </LinkButton>
      )}
    </>
  );
}
