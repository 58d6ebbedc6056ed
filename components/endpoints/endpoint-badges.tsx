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

/** A healthy endpoint whose attempts have begun to fail is healthy by its policy, and not to whoever looks. */
export function StatusBadge({ status, statusReason }: Pick<EndpointOut, "status" | "statusReason">) {
  if (status === "healthy" && statusReason !== null) return <Badge tone="warning">Failures</Badge>;
  return <Badge tone={statusTones[status]}>{statusLabels[status]}</Badge>;
}
