"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { attemptFilterParams } from "@/components/attempts/attempt-filter";
import { LiveMark } from "@/components/shell/live-mark";
import { FilterBar } from "@/components/ui/filter-bar/filter-bar";
import {
  ClearFilters,
  UrlMultiSelect,
  UrlSegmented,
  UrlTimeRange,
} from "@/components/ui/filter-bar/url-filters";
import { attemptQueries } from "@/lib/queries/attempts";

const outcomeOptions = [
  { value: "all", label: "All" },
  { value: "succeeded", label: "Succeeded" },
  { value: "failed", label: "Failed" },
] as const;

const codes = [
  200, 201, 204, 301, 302, 400, 401, 403, 404, 405, 408, 410, 413, 415, 422, 429, 500, 502, 503, 504,
];
const statusOptions = [
  { value: "0", label: "No response", group: "Classes" },
  ...["2xx", "3xx", "4xx", "5xx"].map((value) => ({ value, label: value, group: "Classes" })),
  ...codes.map((code) => ({ value: String(code), label: String(code), group: "Codes" })),
];

type AttemptFiltersProps = {
  /** The list is of one endpoint: there is none to choose. */
  ofEndpoint: boolean;
  isLive: boolean;
};

export function AttemptFilters({ ofEndpoint, isLive }: AttemptFiltersProps) {
  const { data } = useQuery(attemptQueries.filters());
  const endpoints = useMemo(
    () =>
      (data?.endpoints ?? []).map(({ id, url, description, isDeleted }) => ({
        value: id,
        label: url.replace(/^https?:\/\//, ""),
        hint: isDeleted ? "deleted" : description,
      })),
    [data],
  );
  const types = useMemo(() => (data?.eventTypes ?? []).map((name) => ({ value: name, label: name })), [data]);
  return (
    <FilterBar aside={isLive && <LiveMark />}>
      <UrlSegmented param="outcome" label="Outcome" defaultValue="all" options={outcomeOptions} />
      {!ofEndpoint && (
        <UrlMultiSelect
          param="endpointId"
          label="Endpoint"
          options={endpoints}
          searchPlaceholder="Find an endpoint"
        />
      )}
      <UrlMultiSelect param="eventType" label="Event type" options={types} searchPlaceholder="Find a type" />
      <UrlMultiSelect
        param="statusCode"
        label="Status"
        options={statusOptions}
        searchPlaceholder="Find a status"
      />
      <UrlTimeRange />
      <ClearFilters params={attemptFilterParams} label="Clear" />
    </FilterBar>
  );
}
