import { describe, expect, it } from "vitest";
import { endpointsMax } from "@/lib/domain/limits";
import { createEndpoint } from "./create-endpoint";
import { getEndpoint } from "./get-endpoint";
import { listEndpoints } from "./list-endpoints";
import { endpointWorld, input, page, url } from "./testing/endpoint-world";

const world = endpointWorld();

describe("creating an endpoint", () => {
  it("makes it disabled, subscribed to everything, with the instance's defaults and a secret of its own", async () => {
    const made = await createEndpoint(world.deps, world.principal, input());
    expect(made).toMatchObject({
      url,
      description: "",
      eventTypes: ["*"],
      filter: null,
      state: "disabled",
      status: "healthy",
      statusReason: null,
      successStatus: "200",
      onGone: "retry",
      timeoutSeconds: 10,
      retrySchedule: null,
      rateLimitPerSecond: null,
      verification: { method: "test_event", challengeHeader: "webhook-verification-challenge" },
      failurePolicy: { preset: "chronic" },
      headers: {},
    });
    expect(made).not.toHaveProperty("warnings");
    const listed = await listEndpoints(world.deps, world.principal, page);
    expect(listed).toEqual({ items: [made], nextCursor: null });
  });

  it("keeps every setting, and custom header values only sealed", async () => {
    const id = await world.create({
      description: "Orders",
      eventTypes: ["scheduling.*", "organization.domains.changed"],
      filter: { "modifiedBy.userId": "7" },
      successStatus: "2xx",
      onGone: "disable",
      timeoutSeconds: 3,
      retrySchedule: ["1s", "5m"],
      rateLimitPerSecond: 2.5,
      verification: { method: "challenge", challengeHeader: "x-challenge" },
      failurePolicy: { preset: "streak", disableConsecutive: 20 },
      headers: { Authorization: "Bearer planted-secret" },
    });
    expect(await getEndpoint(world.deps, world.principal, id)).toMatchObject({
      description: "Orders",
      eventTypes: ["scheduling.*", "organization.domains.changed"],
      filter: { "modifiedBy.userId": "7" },
      successStatus: "2xx",
      onGone: "disable",
      timeoutSeconds: 3,
      retrySchedule: ["1s", "5m"],
      rateLimitPerSecond: 2.5,
      verification: { method: "challenge", challengeHeader: "x-challenge" },
      failurePolicy: { preset: "streak", disableConsecutive: 20 },
      headers: { Authorization: "***" },
    });
    const tables = await world.deps.sql(
      "SELECT row_to_json(endpoint)::text, (SELECT json_agg(a) FROM audit_entry a)::text FROM endpoint",
    );
    expect(JSON.stringify(tables)).not.toContain("planted-secret");
  });

  it("refuses a private address, an unknown event type and contradicting thresholds, naming the field", async () => {
    const refusal = (changes: object) => createEndpoint(world.deps, world.principal, input(changes));
    await expect(refusal({ url: "http://10.0.0.1/" })).rejects.toMatchObject({
      status: 422,
      errors: [{ path: "url", message: expect.stringContaining("10.0.0.0/8") as string }],
    });
    await expect(refusal({ eventTypes: ["invoice.paid"] })).rejects.toMatchObject({
      status: 422,
      errors: [{ path: "eventTypes" }],
    });
    await expect(
      refusal({
        failurePolicy: { preset: "chronic", probationAfterSeconds: 3600, disableAfterSeconds: 3600 },
      }),
    ).rejects.toMatchObject({ errors: [{ path: "failurePolicy.disableAfterSeconds" }] });
    await expect(refusal({ failurePolicy: { preset: "streak", window: 4 } })).rejects.toMatchObject({
      errors: [{ path: "failurePolicy.window" }],
    });
    await expect(
      refusal({ headers: { "X-Check": "a" }, verification: { challengeHeader: "x-check" } }),
    ).rejects.toMatchObject({ errors: [{ path: "verification.challengeHeader" }] });
    await expect(refusal({ headers: { "x-a": "***" } })).rejects.toMatchObject({
      errors: [{ path: "headers.x-a" }],
    });
    expect(await world.deps.sql("SELECT 1 FROM endpoint")).toEqual([]);
  });

  it("takes the organization's own event types", async () => {
    const now = world.deps.clock();
    await world.deps.prisma.eventType.create({
      data: {
        organizationId: world.principal.organizationId,
        name: "invoice.paid",
        schema: {},
        example: {},
        createdAt: now,
        updatedAt: now,
      },
    });
    await world.create({ eventTypes: ["invoice.*"] });
    await expect(
      createEndpoint(world.deps, world.stranger, input({ eventTypes: ["invoice.*"] })),
    ).rejects.toMatchObject({
      status: 422,
    });
  });

  it("stops at the most an organization may have, also when two are created at once", async () => {
    const row = {
      organizationId: world.principal.organizationId,
      url,
      eventTypes: ["*"],
      stateSince: world.deps.clock(),
      failurePolicy: { preset: "chronic" },
      createdAt: world.deps.clock(),
      updatedAt: world.deps.clock(),
    };
    await world.deps.prisma.endpoint.createMany({
      data: Array.from({ length: endpointsMax - 1 }, () => ({ ...row, id: world.deps.newId() })),
    });
    const made = await Promise.allSettled(
      [1, 2, 3].map(() => createEndpoint(world.deps, world.principal, input())),
    );
    expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const [refused] = made.filter((result) => result.status === "rejected");
    expect(refused?.reason).toMatchObject({
      status: 409,
      message: expect.stringContaining(`${endpointsMax} endpoints`),
    });
  });
});
