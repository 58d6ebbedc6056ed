import type { Metadata } from "next";
import { SecretPanel } from "@/components/endpoints/secret-panel";
import { ReceiverCode } from "@/components/event-types/receiver-code-tabs";
import { Card } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import { revealSecretAction, rotateSecretAction } from "../../actions";
import { loadEndpoint } from "../load-endpoint";

export const metadata: Metadata = { title: "Secret" };

export default async function EndpointSecretPage({ params }: { params: Promise<{ id: string }> }) {
  const { endpoint } = await loadEndpoint((await params).id);
  return (
    <div className="grid max-w-4xl gap-5">
      <SecretPanel id={endpoint.id} reveal={revealSecretAction} rotate={rotateSecretAction} />
      <Card
        title="A receiver that checks it"
        description="Standard Webhooks: HMAC-SHA256 over id, timestamp and the raw body. Any of its libraries verifies it."
        footer={
          <p>
            More in <TextLink href="/docs">the documentation</TextLink>.
          </p>
        }
      >
        <ReceiverCode eventType={null} firstField={null} endpointUrl={endpoint.url} />
      </Card>
    </div>
  );
}
