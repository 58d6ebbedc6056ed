import { describe, expect, it } from "vitest";
import { encodeId } from "@/lib/domain/ids";
import { RotateSecretIn } from "@/lib/schemas/endpoint-secret";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { rotateSecret } from "./rotate-secret";
import { showSecret } from "./show-secret";
import { endpointWorld, url } from "./testing/endpoint-world";

const world = endpointWorld();

describe("the secret", () => {
  it("is shown on request, and who looked is written down", async () => {
    const { id, secret } = await createTestEndpoint(world.deps, world.principal.organizationId, url);
    expect(await showSecret(world.deps, world.principal, id)).toEqual({ secret, previous: [] });
    const audit = await world.deps.sql("SELECT action, actor, target, before, after FROM audit_entry");
    expect(audit).toEqual([
      {
        action: "endpoint.secret_shown",
        actor: world.principal.actor,
        target: encodeId("ep", id),
        before: null,
        after: null,
      },
    ]);
  });

  it("is rotated with an overlap, in which the earlier one stays valid", async () => {
    const { id, secret } = await createTestEndpoint(world.deps, world.principal.organizationId, url);
    const rotated = await rotateSecret(world.deps, world.principal, id, RotateSecretIn.parse({}));
    expect(rotated.secret).not.toBe(secret);
    expect(rotated.previous).toMatchObject([{ secret }]);
    const lastsMs = Date.parse(rotated.previous[0]?.expiresAt ?? "") - world.deps.clock().getTime();
    expect(Math.abs(lastsMs - 86_400_000)).toBeLessThan(60_000);
    expect(await world.versionOf(id)).toBe(2);
    expect(await showSecret(world.deps, world.principal, id)).toEqual(rotated);
  });

  it("is shown with those that still sign, and with none whose overlap is over", async () => {
    const { id } = await createTestEndpoint(world.deps, world.principal.organizationId, url);
    await rotateSecret(world.deps, world.principal, id, { overlapSeconds: 60 });
    const [longer] = (await rotateSecret(world.deps, world.principal, id, { overlapSeconds: 600 })).previous;
    const inAMinute = new Date(world.deps.clock().getTime() + 61_000);
    const later = { ...world.deps, clock: () => inAMinute };
    expect((await showSecret(later, world.principal, id)).previous).toEqual([longer]);
  });

  it("is rotated without an overlap when it leaked: no earlier one stays valid", async () => {
    const { id } = await createTestEndpoint(world.deps, world.principal.organizationId, url);
    await rotateSecret(world.deps, world.principal, id, { overlapSeconds: 600 });
    const { previous } = await rotateSecret(world.deps, world.principal, id, { overlapSeconds: 0 });
    expect(previous).toEqual([]);
    expect(await world.deps.sql("SELECT 1 FROM endpoint_secret")).toHaveLength(1);
  });

  it("never has more than five valid at once", async () => {
    const { id } = await createTestEndpoint(world.deps, world.principal.organizationId, url);
    for (let count = 1; count < 5; count += 1)
      await rotateSecret(world.deps, world.principal, id, { overlapSeconds: 60 });
    await expect(rotateSecret(world.deps, world.principal, id, { overlapSeconds: 60 })).rejects.toMatchObject(
      {
        status: 409,
      },
    );
    expect((await showSecret(world.deps, world.principal, id)).previous).toHaveLength(4);
  });
});
