import { AttemptList } from "@/components/attempts/attempt-list";
import { loadEndpoint } from "../load-endpoint";

export default async function EndpointAttemptsPage({ params }: { params: Promise<{ id: string }> }) {
  const { endpoint } = await loadEndpoint((await params).id);
  return <AttemptList endpointId={endpoint.id} />;
}
