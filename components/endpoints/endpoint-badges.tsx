import { stateLabels, stateTones, statusLabels, statusTones } from "@/components/endpoints/endpoint-words";
import { Badge } from "@/components/ui/badge";
import type { EndpointOut } from "@/lib/schemas/endpoint";

export function StateBadge({ state }: Pick<EndpointOut, "state">) {
  return (
    <Badge tone={stateTones[state]} dot={state === "validating" ? "pulse" : true}>
      {stateLabels[state]}
    </Badge>
  );
}

export function StatusBadge({ status }: Pick<EndpointOut, "status">) {
  return <Badge tone={statusTones[status]}>{statusLabels[status]}</Badge>;
}
