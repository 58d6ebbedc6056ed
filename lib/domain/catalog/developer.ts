import type { EventTypeDefinition } from "@/lib/domain/catalog/event-type-definition";
import { dataSchema, text } from "@/lib/domain/catalog/schema-parts";

export const developerEventTypes: readonly EventTypeDefinition[] = [
  {
    name: "developer.webhook.test",
    group: "developer",
    description: "Proves that an endpoint receives, understands and answers webhooks.",
    whenSent: "While an endpoint is being validated, and whenever someone sends a test to it.",
    schema: dataSchema("Webhook test", "Where the test was sent and who asked for it.", {
      webhookEndpoint: text("Webhook endpoint", "The URL that is being tested."),
      username: text("User name", "Who activated the endpoint or sent the test."),
    }),
    example: {
      webhookEndpoint: "https://hooks.brightwater.example/posthorn",
      username: "ines.calderon@brightwater.example",
    },
  },
];
