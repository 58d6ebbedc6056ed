import { EndpointOverview } from "@/components/endpoints/endpoint-overview";
import { getDeps } from "@/lib/server/deps";
import { instanceDefaults } from "@/lib/server/use-cases/get-endpoint-page";
import { loadEndpoint } from "./load-endpoint";

export default async function EndpointPage({ params }: { params: Promise<{ id: string }> }) {
  const { endpoint } = await loadEndpoint((await params).id);
  return <EndpointOverview id={endpoint.id} defaults={instanceDefaults(getDeps())} />;
}
