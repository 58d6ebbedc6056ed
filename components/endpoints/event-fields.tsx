"use client";

import { useState } from "react";
import type { Problems } from "@/components/endpoints/form-problems";
import { SubscriptionPreviewLine } from "@/components/endpoints/subscription-preview";
import { TextareaField } from "@/components/ui/field";
import { TreeSelect } from "@/components/ui/tree-select/tree-select";
import type { Tree } from "@/components/ui/tree-select/tree-selection";
import type { EndpointFormValues } from "@/lib/schemas/endpoint-form";

export type EventTypeChoice = { name: string; group: string; description: string; deprecated: boolean };

type EventFieldsProps = {
  values: EndpointFormValues;
  problems: Problems;
  eventTypes: readonly EventTypeChoice[];
};

/** Which events are sent: types, a filter over their data, and what that would have been in the last days. */
export function EventFields({ values, problems, eventTypes }: EventFieldsProps) {
  const [chosen, setChosen] = useState<readonly string[]>(values.eventTypes);
  const [filter, setFilter] = useState(values.filter);
  const refusedFilter = problems("filter").length > 0 ? values.filter : null;
  return (
    <div className="grid gap-4">
      <TreeSelect
        name="eventTypes[]"
        legend="Event types"
        tree={treeOf(eventTypes)}
        everythingLabel="Everything"
        everythingHint="Also types that are added later."
        value={chosen}
        onValueChange={setChosen}
        errors={problems("eventTypes")}
      />
      <TextareaField
        label="Filter"
        name="filter"
        optional
        mono
        rows={3}
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
        placeholder={'{ "meetingOwner.userId": "51877" }'}
        hint="JSON over the event's data: only events that match are sent. Operators like $in, $gte and $exists."
        errors={problems("filter")}
      />
      <SubscriptionPreviewLine eventTypes={chosen} filter={filter} refusedFilter={refusedFilter} />
    </div>
  );
}

/** Groups by the first part of the name; each stands for what joins it later as well. */
function treeOf(eventTypes: readonly EventTypeChoice[]): Tree {
  const groups = Map.groupBy(eventTypes, ({ group }) => group);
  return {
    everything: "*",
    groups: [...groups].map(([group, types]) => ({
      label: group,
      value: `${group}.*`,
      items: types.map(({ name, description, deprecated }) => ({
        value: name,
        label: deprecated ? `${name} (deprecated)` : name,
        hint: description,
      })),
    })),
  };
}
