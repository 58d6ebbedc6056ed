import { Card } from "@/components/ui/card";
import { Steps } from "@/components/ui/steps";
import { TextLink } from "@/components/ui/text-link";
import type { EndpointPage } from "@/lib/schemas/endpoint-page";

/** What is left to do until events arrive at an endpoint that was never activated. */
export function FirstActivation({ page: { endpoint } }: { page: EndpointPage }) {
  const { id, verification, successStatus } = endpoint;
  const success = successStatus === "200" ? "200" : "any 2xx";
  return (
    <Card title="Until events arrive" description="Send test and Activate are at the top of this page.">
      <Steps
        label="Until events arrive"
        steps={[
          {
            state: "waiting",
            label: "Give your receiver the signing secret",
            detail: (
              <>
                It proves that a request comes from here.{" "}
                <TextLink href={`/endpoints/${id}/secret`}>The secret, and code that checks it</TextLink>
              </>
            ),
          },
          {
            state: "waiting",
            label: "Send a test",
            detail: "One request, whenever you like, with its answer. It never counts against the endpoint.",
          },
          {
            state: "waiting",
            label: "Activate",
            detail:
              verification.method === "challenge"
                ? "Posthorn sends a challenge. Once the endpoint has repeated it, events are sent."
                : `Posthorn sends a signed test. Once it is answered with ${success}, events are sent.`,
          },
        ]}
      />
    </Card>
  );
}
