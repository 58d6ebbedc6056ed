import "server-only";
import type { FailurePolicyChoice } from "@/lib/domain/failure-policy";
import type { DemoAnswerName } from "./answers";

/** An endpoint of the demo and the story of its week; `hoursAgo` counts back from the moment of seeding. */
export interface DemoEndpoint {
  /** The path of its receiver. */
  path: string;
  description: string;
  eventTypes: string[];
  failurePolicy?: FailurePolicyChoice;
  successStatus?: "2xx";
  rateLimitPerSecond?: number;
  /** Nothing listens there: the port is the one after the receivers'. */
  isUnreachable?: true;
  /** Null: never activated. */
  activatedHoursAgo: number | null;
  /** When a person switched it off. */
  disabledHoursAgo?: number;
  /** The usual time to answer, in milliseconds. */
  usualMs: number;
  /** What the receiver answers, `count` requests after its first one. At 0 hours: what it does while the demo runs. */
  answer(hoursAgo: number, count: number): DemoAnswerName;
}

const weekHours = 166;

const during = (hoursAgo: number, from: number, until: number) => hoursAgo <= from && hoursAgo > until;

/** Every state and status that an endpoint can have, each with a reason one meets in practice. */
export const demoCast: readonly DemoEndpoint[] = [
  {
    path: "crm",
    description: "CRM sync",
    eventTypes: ["customers.*", "orders.*", "scheduling.*"],
    activatedHoursAgo: weekHours,
    usualMs: 62,
    // A gateway that was down for two and a half hours one morning; what came early in it was exhausted.
    answer: (hoursAgo) => (during(hoursAgo, 99, 96.5) ? "bad_gateway" : "ok"),
  },
  {
    path: "analytics",
    description: "Analytics pipeline",
    eventTypes: ["*"],
    successStatus: "2xx",
    activatedHoursAgo: weekHours,
    usualMs: 14,
    answer: () => "accepted",
  },
  {
    path: "billing",
    description: "Billing",
    eventTypes: ["billing.*", "orders.order.created"],
    activatedHoursAgo: weekHours,
    usualMs: 120,
    // On probation for more than a day: the server writes its reminder as soon as it runs, and there is a mail to read.
    answer: (hoursAgo) => (hoursAgo <= 55 ? "server_error" : "ok"),
  },
  {
    path: "warehouse",
    description: "Warehouse",
    eventTypes: ["orders.order.shipped"],
    activatedHoursAgo: weekHours,
    usualMs: 210,
    answer: (hoursAgo) => (hoursAgo <= 5 ? "crawl" : "ok"),
  },
  {
    path: "chat",
    description: "Chat bridge",
    eventTypes: ["orders.order.created", "webhook.*"],
    failurePolicy: { preset: "streak" },
    activatedHoursAgo: weekHours,
    usualMs: 180,
    // Every other request: half of the last ten fail, and never ten in a row.
    answer: (hoursAgo, count) => (hoursAgo <= 14 && count % 2 === 0 ? "unavailable" : "ok"),
  },
  {
    path: "loader",
    description: "Data warehouse loader",
    eventTypes: ["orders.*", "billing.*"],
    activatedHoursAgo: weekHours,
    usualMs: 340,
    answer: (hoursAgo) => (during(hoursAgo, 120, 84) ? "unavailable" : "ok"),
  },
  {
    path: "erp",
    description: "ERP, old server",
    eventTypes: ["orders.*"],
    isUnreachable: true,
    activatedHoursAgo: weekHours,
    usualMs: 2,
    // Something answered while it was activated; then the server was switched off.
    answer: (hoursAgo) => (hoursAgo <= 160 ? "refused" : "ok"),
  },
  {
    path: "search",
    description: "Search indexer",
    eventTypes: ["customers.*", "orders.order.created"],
    failurePolicy: { preset: "volume" },
    activatedHoursAgo: weekHours,
    usualMs: 33,
    answer: (hoursAgo) => (hoursAgo <= 26 ? "server_error" : "ok"),
  },
  {
    path: "partner",
    description: "Partner portal",
    eventTypes: ["orders.*"],
    activatedHoursAgo: 5,
    usualMs: 90,
    answer: () => "not_found",
  },
  {
    path: "staging",
    description: "Staging",
    eventTypes: ["*"],
    activatedHoursAgo: weekHours,
    disabledHoursAgo: 50,
    usualMs: 48,
    answer: () => "ok",
  },
  {
    path: "webshop",
    description: "New webshop",
    eventTypes: ["orders.*", "scheduling.*"],
    activatedHoursAgo: null,
    usualMs: 40,
    answer: () => "ok",
  },
];

/** The address of an endpoint's receiver. */
export function demoUrl({ path, isUnreachable }: DemoEndpoint, receiverPort: number): string {
  return `http://localhost:${isUnreachable ? receiverPort + 1 : receiverPort}/${path}`;
}
