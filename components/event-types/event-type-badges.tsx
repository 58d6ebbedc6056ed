import { Badge } from "@/components/ui/badge";
import type { EventTypeOut } from "@/lib/schemas/event-type";

/** Whose type it is, and whether it is on its way out. */
export function EventTypeBadges({ builtIn, deprecated }: Pick<EventTypeOut, "builtIn" | "deprecated">) {
  return (
    <span className="inline-flex gap-1.5">
      <Badge>{builtIn ? "Built in" : "Your own"}</Badge>
      {deprecated && <Badge tone="warning">Deprecated</Badge>}
    </span>
  );
}
