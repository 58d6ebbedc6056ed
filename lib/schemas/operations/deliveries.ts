import { DeliveryOut, DeliveryParams } from "../delivery";
import { operation, type Operation } from "../operation";

export const getDeliveryOperation = operation({
  id: "getDelivery",
  method: "get",
  path: "/deliveries/{id}",
  scope: "deliveries:read",
  tag: "Deliveries",
  summary: "Read a delivery",
  description: "One event's way to one endpoint, with its attempts.",
  params: DeliveryParams,
  answer: { status: 200, description: "The delivery.", schema: DeliveryOut },
});

export const retryDeliveryOperation = operation({
  id: "retryDelivery",
  method: "post",
  path: "/deliveries/{id}/retry",
  scope: "deliveries:write",
  tag: "Deliveries",
  summary: "Retry a delivery",
  description:
    "Makes a delivery due now that is finished, whether it succeeded or not, or that waits for its next attempt. " +
    "`deliveryAttempt` continues, and the retry schedule starts anew. Only deliveries of events and replays, and only " +
    "to an active endpoint.",
  params: DeliveryParams,
  answer: {
    status: 202,
    description: "The delivery is due; nothing has been sent yet.",
    schema: DeliveryOut,
  },
  otherAnswers: [
    {
      status: 409,
      description: "It is due or in flight already, its event is gone, or its endpoint is not active.",
    },
  ],
});

export const deliveryOperations: Operation[] = [getDeliveryOperation, retryDeliveryOperation];
