import { Card } from "@/components/ui/card";
import { Badge } from "@/components/ui/badge";
import { StateDot } from "@/components/ui/state-dot";
import { TextLink } from "@/components/ui/text-link";
import type { Tone } from "@/components/ui/tone";
import { counted } from "@/lib/format/numbers";
import type { EndpointOut } from "@/lib/schemas/endpoint";

type Subscriber = Pick<EndpointOut, "id" | "url" | "state"> & { isFiltered: boolean };

const tones: Record<EndpointOut["state"], Tone> = {
  active: "success",
  validating: "info",
  disabled: "neutral",
};

/** The endpoints that subscribe to a type, by its name, its group or everything. */
export function EventTypeSubscribers({
  subscribers,
  name,
}: {
  subscribers: readonly Subscriber[];
  name: string;
}) {
  return (
    <Card
      title="Endpoints"
      description={
        subscribers.length > 0
          ? `${counted(subscribers.length, "endpoint subscribes", "endpoints subscribe")}.`
          : undefined
      }
    >
      {subscribers.length === 0 ? (
        <p className="text-sm text-muted">
          No endpoint subscribes to {name}. <TextLink href="/endpoints/new">Create one</TextLink>
        </p>
      ) : (
        <ul className="grid gap-2">
          {subscribers.map(({ id, url, state, isFiltered }) => (
            <li key={id} className="flex min-w-0 items-center gap-2">
              <StateDot tone={tones[state]} label={state} />
              <TextLink href={`/endpoints/${id}`} className="min-w-0 truncate font-mono text-xs">
                {url}
              </TextLink>
              {isFiltered && <Badge>filtered</Badge>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
