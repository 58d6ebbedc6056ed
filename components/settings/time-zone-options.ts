import type { SelectOption } from "@/components/ui/select";

type Group = { label: string; options: SelectOption[] };

/**
 * The time zones that the server knows, by region, with `chosen` among them in whatever spelling it is stored. Made on
 * the server: a browser may know others.
 */
export function timeZoneOptions(chosen: string): (SelectOption | Group)[] {
  const known = Intl.supportedValuesOf("timeZone").filter((zone) => zone.includes("/"));
  const single = [...new Set(["UTC", chosen])].filter((zone) => !known.includes(zone));
  const regions = Map.groupBy(known, (zone) => zone.slice(0, zone.indexOf("/")));
  return [
    ...single.map((zone) => ({ value: zone, label: zone })),
    ...[...regions].map(([label, zones]) => ({
      label,
      options: zones.map((zone) => ({ value: zone, label: placeOf(zone) })),
    })),
  ];
}

/** `America/Argentina/Buenos_Aires` is Buenos Aires, Argentina. */
function placeOf(zone: string): string {
  const [, ...places] = zone.replaceAll("_", " ").split("/");
  return places.reverse().join(", ");
}
