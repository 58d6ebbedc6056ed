import "server-only";
import { EndpointIn, EndpointPatch } from "@/lib/schemas/endpoint";
import { ReplayIn } from "@/lib/schemas/replay";
import { activateEndpoint } from "../activate-endpoint";
import { clearInbox } from "../clear-inbox";
import { createEndpoint } from "../create-endpoint";
import { createEventType } from "../create-event-type";
import { createInbox } from "../create-inbox";
import { createInboxEndpoint } from "../create-inbox-endpoint";
import { deleteEndpoint } from "../delete-endpoint";
import { deleteEventType } from "../delete-event-type";
import { deleteInbox } from "../delete-inbox";
import { disableEndpoint } from "../disable-endpoint";
import { cancelReplay } from "../get-replay";
import { healDeliveries } from "../heal-deliveries";
import { publishEventDraft } from "../publish-event-draft";
import { retryDelivery } from "../retry-delivery";
import { retryNotice } from "../retry-notice";
import { reviewEndpoints } from "../review-endpoints";
import { rotateSecret } from "../rotate-secret";
import { setInboxBehavior } from "../set-inbox-behavior";
import { showSecret } from "../show-secret";
import { startReplay } from "../start-replay";
import { testEndpoint } from "../test-endpoint";
import { updateEndpoint } from "../update-endpoint";
import { updateEventType } from "../update-event-type";
import { audits, url, type AuditedWorld, type Case } from "./audited-world";

/** Endpoints, what they are sent, and what receives it. */
export const endpointCases = (world: AuditedWorld): Record<string, Case> => ({
  "activate-endpoint#activateEndpoint": audits("endpoint.activated", async () => {
    const id = await world.endpoint("disabled");
    return () => activateEndpoint(world.deps, world.admin, id);
  }),
  "clear-inbox#clearInbox": audits("inbox.cleared", async () => {
    const id = await world.inbox();
    return () => clearInbox(world.deps, world.admin, id);
  }),
  "create-endpoint#createEndpoint": audits("endpoint.created", async () => {
    return () => createEndpoint(world.deps, world.admin, EndpointIn.parse({ url, eventTypes: ["*"] }));
  }),
  "create-event-type#createEventType": audits("event_type.created", async () => {
    return () => createEventType(world.deps, world.admin, world.type());
  }),
  "create-inbox#createInbox": audits("inbox.created", async () => {
    return () => createInbox(world.deps, world.admin, { name: "Inbox" });
  }),
  "create-inbox-endpoint#createInboxEndpoint": audits(["inbox.created", "endpoint.created"], async () => {
    return () => createInboxEndpoint(world.deps, world.admin, { name: "Inbox", eventTypes: ["*"] });
  }),
  "delete-endpoint#deleteEndpoint": audits("endpoint.deleted", async () => {
    const id = await world.endpoint();
    return () => deleteEndpoint(world.deps, world.admin, id);
  }),
  "delete-event-type#deleteEventType": audits("event_type.deleted", async () => {
    const { name } = await createEventType(world.deps, world.admin, world.type());
    return () => deleteEventType(world.deps, world.admin, name);
  }),
  "delete-inbox#deleteInbox": audits("inbox.deleted", async () => {
    const id = await world.inbox();
    return () => deleteInbox(world.deps, world.admin, id);
  }),
  "disable-endpoint#disableEndpoint": audits("endpoint.disabled", async () => {
    const id = await world.endpoint();
    return () => disableEndpoint(world.deps, world.admin, id);
  }),
  "get-replay#cancelReplay": audits("endpoint.replay_canceled", async () => {
    const id = await world.replay();
    return () => cancelReplay(world.deps, world.admin, id);
  }),
  "heal-deliveries#healDeliveries": audits("instance.deliveries_healed", async () => {
    return () => healDeliveries(world.deps, { ...world.admin, isOperator: true });
  }),
  "publish-event-draft#publishEventDraft": audits("event.published", async () => {
    const { name: eventType } = await createEventType(world.deps, world.admin, world.type());
    return () =>
      publishEventDraft(world.deps, world.admin, { eventType, dataText: "{}", idempotencyKey: "" });
  }),
  "retry-delivery#retryDelivery": audits("delivery.retried", async () => {
    const id = await world.exhausted();
    return () => retryDelivery(world.deps, world.admin, id);
  }),
  "retry-notice#retryNotice": audits("notification.retried", async () => {
    const id = await world.mail();
    return () => retryNotice(world.deps, world.admin, id);
  }),
  "review-endpoints#reviewEndpoints": audits(
    ["endpoint.marked_as_seen", "endpoint.marked_as_seen"],
    async () => {
      const endpointIds = [await world.endpoint(), await world.endpoint()];
      return () =>
        reviewEndpoints(world.deps, world.admin, { endpointIds, action: "seen", note: "Known", all: false });
    },
  ),
  "rotate-secret#rotateSecret": audits("endpoint.secret_rotated", async () => {
    const id = await world.endpoint();
    return () => rotateSecret(world.deps, world.admin, id, { overlapSeconds: 60 });
  }),
  "set-inbox-behavior#setInboxBehavior": audits("inbox.behavior_changed", async () => {
    const id = await world.inbox();
    return () => setInboxBehavior(world.deps, world.admin, id, "fail");
  }),
  "show-secret#showSecret": audits("endpoint.secret_shown", async () => {
    const id = await world.endpoint();
    return () => showSecret(world.deps, world.admin, id);
  }),
  "start-replay#startReplay": audits("endpoint.replay_started", async () => {
    const id = await world.endpoint();
    const input = ReplayIn.parse({ since: "2026-01-01T00:00:00Z", scope: "missed" });
    return () => startReplay(world.deps, world.admin, id, input);
  }),
  "test-endpoint#testEndpoint": audits("endpoint.tested", async () => {
    const id = await world.endpoint();
    return () => testEndpoint(world.deps, world.admin, id, {});
  }),
  "update-endpoint#updateEndpoint": audits("endpoint.updated", async () => {
    const id = await world.endpoint();
    const patch = EndpointPatch.parse({ description: "Changed", headers: { "x-token": "planted-secret" } });
    return () => updateEndpoint(world.deps, world.admin, id, patch);
  }),
  "update-event-type#updateEventType": audits("event_type.changed", async () => {
    const { name } = await createEventType(world.deps, world.admin, world.type());
    return () => updateEventType(world.deps, world.admin, name, { deprecated: true });
  }),
});
