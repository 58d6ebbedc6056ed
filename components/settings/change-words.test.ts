import { expect, it } from "vitest";
import { publishedLink, publishedText } from "./change-words";

const event = (deliveries: number) => ({
  eventId: `evt_${deliveries}`,
  eventType: "organization.setting.changed",
  eventTimestamp: "2026-01-01T00:00:00.000Z",
  duplicate: false,
  deliveries,
});

it.each([
  [[], "Nothing was changed, so nothing was published."],
  [[0], "Published as organization.setting.changed; no endpoint receives it yet."],
  [[1], "Published as organization.setting.changed to 1 endpoint."],
  [[2], "Published as organization.setting.changed to 2 endpoints."],
  [[0, 0], "Published as 2 events of organization.setting.changed; no endpoint receives it yet."],
  [[2, 2, 2], "Published as 3 events of organization.setting.changed to 2 endpoints each."],
  [[2, 1], "Published as 2 events of organization.setting.changed, with 3 deliveries in all."],
])("says of events to %j endpoints: %s", (counts, text) => {
  expect(publishedText(counts.map(event))).toBe(text);
});

it("leads to the one event, or to the list of several", () => {
  expect(publishedLink([])).toBeNull();
  expect(publishedLink([event(1)])?.href).toBe("/events/evt_1");
  expect(publishedLink([event(1), event(2)])?.href).toBe("/events?eventType=organization.setting.changed");
});
