import { z } from "zod";
import { endpointsMax, validSecretsMax } from "@/lib/domain/limits";
import { AttemptOut } from "@/lib/schemas/attempt";
import {
  EndpointIn,
  EndpointListQuery,
  EndpointOut,
  EndpointParams,
  EndpointPatch,
  SavedEndpointOut,
} from "@/lib/schemas/endpoint";
import { EndpointTestIn } from "@/lib/schemas/endpoint-test";
import { RotateSecretIn, SecretOut } from "@/lib/schemas/endpoint-secret";
import { TransitionOut } from "@/lib/schemas/endpoint-transition";
import { operation } from "@/lib/schemas/operation";
import { pageOf, pageQuery } from "@/lib/schemas/paging";

const tag = "Endpoints";
const params = EndpointParams;

export const listEndpointsOperation = operation({
  id: "listEndpoints",
  method: "get",
  path: "/endpoints",
  scope: "endpoints:read",
  tag,
  summary: "List endpoints",
  description: "Newest first. `search` looks in URL and description.",
  query: EndpointListQuery,
  answer: { status: 200, description: "A page of endpoints", schema: pageOf(EndpointOut) },
});

export const createEndpointOperation = operation({
  id: "createEndpoint",
  method: "post",
  path: "/endpoints",
  scope: "endpoints:write",
  tag,
  summary: "Create an endpoint",
  description:
    "The new endpoint is `disabled` and receives nothing until it is activated. Without `eventTypes` it subscribes to " +
    `everything. An organization has at most ${endpointsMax} endpoints.`,
  body: EndpointIn,
  answer: { status: 201, description: "The endpoint as it was stored", schema: SavedEndpointOut },
  otherAnswers: [{ status: 409, description: `The organization has ${endpointsMax} endpoints already` }],
});

export const getEndpointOperation = operation({
  id: "getEndpoint",
  method: "get",
  path: "/endpoints/{id}",
  scope: "endpoints:read",
  tag,
  summary: "Read an endpoint",
  params,
  answer: { status: 200, description: "The endpoint", schema: EndpointOut },
});

export const updateEndpointOperation = operation({
  id: "updateEndpoint",
  method: "patch",
  path: "/endpoints/{id}",
  scope: "endpoints:write",
  tag,
  summary: "Change, activate or disable an endpoint",
  description:
    'What is not named stays as it is. `{ "state": "active" }` starts the validation, `{ "state": "disabled" }` switches the endpoint off. Changing the URL or the verification of an endpoint that is not disabled starts its validation again; its deliveries are held until it passes. A changed failure policy counts at once: the failures so far stay, and what the earlier one had announced (`disablesAt`) moves or ends.',
  params,
  body: EndpointPatch,
  answer: { status: 200, description: "The endpoint as it is now", schema: SavedEndpointOut },
});

export const deleteEndpointOperation = operation({
  id: "deleteEndpoint",
  method: "delete",
  path: "/endpoints/{id}",
  scope: "endpoints:write",
  tag,
  summary: "Delete an endpoint",
  description: "Its secrets are erased and what waits for it is discarded. Its attempts stay readable.",
  params,
  answer: { status: 204, description: "It is gone" },
});

export const getEndpointSecretOperation = operation({
  id: "getEndpointSecret",
  method: "get",
  path: "/endpoints/{id}/secret",
  scope: "endpoints:write",
  tag,
  summary: "Read the signing secret",
  description: "`previous` are earlier secrets that still sign as well. Each reading is audited.",
  params,
  answer: { status: 200, description: "The secrets that sign requests now", schema: SecretOut },
});

export const rotateEndpointSecretOperation = operation({
  id: "rotateEndpointSecret",
  method: "post",
  path: "/endpoints/{id}/secret/rotate",
  scope: "endpoints:write",
  tag,
  summary: "Rotate the signing secret",
  description:
    "Without a body the overlap is one day. During the overlap each request carries a signature per secret.",
  params,
  body: RotateSecretIn,
  bodyOptional: true,
  answer: { status: 200, description: "The new secret and those in their overlap", schema: SecretOut },
  otherAnswers: [{ status: 409, description: `${validSecretsMax} secrets are valid already` }],
});

export const testEndpointOperation = operation({
  id: "testEndpoint",
  method: "post",
  path: "/endpoints/{id}/test",
  scope: "endpoints:write",
  tag,
  summary: "Send a test",
  description:
    "Sends one attempt now and answers with it, whatever the endpoint's state. Without `eventType` it is `developer.webhook.test`; without `data` the type's example. Never retried, never counted for health.",
  params,
  body: EndpointTestIn,
  bodyOptional: true,
  answer: { status: 200, description: "The attempt, also when it failed", schema: AttemptOut },
  otherAnswers: [
    { status: 409, description: "Nothing was sent: the endpoint's URL or its secrets cannot be read here" },
  ],
});

export const listEndpointTransitionsOperation = operation({
  id: "listEndpointTransitions",
  method: "get",
  path: "/endpoints/{id}/transitions",
  scope: "endpoints:read",
  tag,
  summary: "List an endpoint's changes of state and status",
  params,
  query: z.strictObject(pageQuery.shape),
  answer: { status: 200, description: "A page of transitions, newest first", schema: pageOf(TransitionOut) },
});

export const endpointOperations = [
  listEndpointsOperation,
  createEndpointOperation,
  getEndpointOperation,
  updateEndpointOperation,
  deleteEndpointOperation,
  getEndpointSecretOperation,
  rotateEndpointSecretOperation,
  testEndpointOperation,
  listEndpointTransitionsOperation,
];
