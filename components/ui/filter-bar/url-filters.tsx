"use client";

import { FilterX } from "lucide-react";
import {
  debounce,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
  useQueryState,
  useQueryStates,
} from "nuqs";
import { Button } from "@/components/ui/button";
import { type TimeRangePreset, timeRangeParsers } from "@/components/ui/filter-bar/time-range";
import { TimeRangePicker } from "@/components/ui/filter-bar/time-range-picker";
import { MultiSelect, type MultiSelectOption } from "@/components/ui/multi-select";
import { SearchInput } from "@/components/ui/search-input";
import { type Segment, SegmentedControl } from "@/components/ui/segmented-control";

/*
 * Filters that live in the address, so that a view can be reloaded, shared and gone back to. A list in react-query
 * reads the same parameters with useQueryStates and refetches by itself. `server` asks the server for the page again
 * as well, for lists that a server component renders.
 */
type UrlParam = {
  /** The name in the query string. */
  param: string;
  server?: boolean;
};

const searchPauseMs = 250;

type UrlSegmentedProps<Value extends string> = UrlParam & {
  label: string;
  options: readonly Segment<Value>[];
  /** Chosen while the parameter is absent; never written to the address. */
  defaultValue: Value;
};

/** `<UrlSegmented param="outcome" label="Outcome" defaultValue="all" options={[…]} />` */
export function UrlSegmented<Value extends string>(props: UrlSegmentedProps<Value>) {
  const { param, server, label, options, defaultValue } = props;
  const parser = parseAsStringLiteral(options.map((option) => option.value)).withDefault(defaultValue);
  const [value, setValue] = useQueryState(param, parser.withOptions({ shallow: !server }));
  return (
    <SegmentedControl
      label={label}
      options={options}
      value={value as Value}
      onValueChange={(next) => void setValue(next as typeof value)}
    />
  );
}

type UrlMultiSelectProps = UrlParam & {
  label: string;
  options: readonly MultiSelectOption[];
  searchPlaceholder?: string;
};

const manyStrings = parseAsArrayOf(parseAsString).withDefault([]);

/** `<UrlMultiSelect param="eventType" label="Event type" options={[…]} />`, written as `?eventType=a,b`. */
export function UrlMultiSelect({ param, server, ...props }: UrlMultiSelectProps) {
  const [value, setValue] = useQueryState(param, manyStrings.withOptions({ shallow: !server }));
  return (
    <MultiSelect
      {...props}
      value={value}
      onValueChange={(next) => void setValue(next.length > 0 ? next : null)}
    />
  );
}

type UrlTimeRangeProps = {
  server?: boolean;
  fallback?: TimeRangePreset;
  presets?: readonly TimeRangePreset[];
};

/** `<UrlTimeRange />`: `?range=24h` or `?since=…&until=…`; read it with timeRangeParsers and resolveTimeRange. */
export function UrlTimeRange({ server, ...props }: UrlTimeRangeProps) {
  const [value, setValue] = useQueryStates(timeRangeParsers, { shallow: !server });
  return <TimeRangePicker {...props} value={value} onValueChange={(next) => void setValue(next)} />;
}

/** `<UrlSearch param="q" label="Search by id" />`: the address follows when the typing pauses. */
export function UrlSearch({
  param,
  server,
  ...props
}: UrlParam & { label: string; shortcut?: boolean; className?: string }) {
  const [value, setValue] = useQueryState(
    param,
    parseAsString.withDefault("").withOptions({ shallow: !server, limitUrlUpdates: debounce(searchPauseMs) }),
  );
  return (
    <SearchInput
      {...props}
      value={value}
      onValueChange={(next) => void setValue(next === "" ? null : next)}
    />
  );
}

type ClearFiltersProps = {
  /** The parameters to take away; with a time range name `range`, `since` and `until`. */
  params: readonly string[];
  server?: boolean;
  label?: string;
};

/** Shown while any of the parameters is set. In a NoMatchState it is the way back. */
export function ClearFilters({ params, server, label = "Clear filters" }: ClearFiltersProps) {
  const parsers = Object.fromEntries(params.map((param) => [param, parseAsString]));
  const [values, setValues] = useQueryStates(parsers, { shallow: !server });
  if (Object.values(values).every((value) => value === null)) return null;
  return (
    <Button
      variant="ghost"
      onClick={() => {
        // The button goes away: what it cleared is where a person goes on.
        document.querySelector<HTMLElement>("[role=search] :is(input, button)")?.focus();
        void setValues(null);
      }}
    >
      <FilterX aria-hidden />
      {label}
    </Button>
  );
}
