import type { PublishedOut } from "./event";

/** What saving a part of the organization's configuration came to; no events when nothing was changed. */
export interface ConfigurationChangeOut {
  events: PublishedOut[];
}

/** An event type of the configuration, and how many endpoints that are on want it now. */
export interface Announcement {
  eventType: string;
  endpointCount: number;
}
