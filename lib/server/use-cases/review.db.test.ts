import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encodeId } from "@/lib/domain/ids";
import { EndpointPatch } from "@/lib/schemas/endpoint";
import { ReviewActionIn, ReviewQuery } from "@/lib/schemas/review";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import { DeliveryWorker } from "@/lib/server/delivery/worker";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createTestEndpoint } from "@/lib/server/testing/test-endpoint";
import { startWebhookReceiver } from "@/lib/server/testing/webhook-receiver";
import { activateEndpoint } from "./activate-endpoint";
import { listReview } from "./list-review";
import { reviewEndpoints } from "./review-endpoints";
import { updateEndpoint } from "./update-endpoint";

const database = testDatabase();
const hourMs = 3_600_000;
let deps: Deps;
let admin: Principal;

beforeEach(async () => {
  deps = await createTestDeps(database().url);
  admin = await createTestPrincipal(deps);
});

afterEach(() => closeTestDeps(deps));

type Changes = Parameters<typeof createTestEndpoint>[3];

const endpoint = async (name: string, changes: Changes = {}, principal = admin) =>
  (await createTestEndpoint(deps, principal.organizationId, `https://${name}.example/`, changes)).id;

const ago = (hours: number) => new Date(deps.clock().getTime() - hours * hourMs);
const onProbation = (hoursLeft: number): Changes => ({
  status: "probation",
  statusReason: "Nothing but failures.",
  failingSince: ago(30),
  probationSince: ago(6),
  disablesAt: ago(-hoursLeft),
  health: { lastFailure: "Answered 500" },
});
const disabledBy = (stateReason: string): Changes => ({ state: "disabled", stateReason, status: "failing" });

const review = (query: Record<string, string> = {}, principal = admin) =>
  listReview(deps, principal, ReviewQuery.parse(query));
const names = (out: Awaited<ReturnType<typeof review>>) =>
  out.items.map(({ url }) => new URL(url).hostname.replace(".example", ""));

const act = (action: string, ids: string[], rest: object = {}, principal = admin) =>
  reviewEndpoints(
    deps,
    principal,
    ReviewActionIn.parse({ action, endpointIds: ids.map((id) => encodeId("ep", id)), ...rest }),
  );

describe("listReview", () => {
  it("lists what fails or was switched off by the rules, the most urgent first, and nothing else", async () => {
    await endpoint("healthy");
    await endpoint("manual", { state: "disabled", stateReason: "manual" });
    await endpoint("fresh", { state: "disabled", stateReason: "created" });
    await endpoint("deleted", { ...onProbation(1), deletedAt: ago(1) });
    await endpoint("chronic", disabledBy("chronic_failure"));
    await endpoint("later", onProbation(40));
    await endpoint("sooner", onProbation(2));
    await endpoint("warned", { status: "warning", failingSince: ago(1), stateSince: ago(2) });
    const out = await review();
    expect(names(out).slice(0, 2)).toEqual(["sooner", "later"]);
    expect(names(out).sort()).toEqual(["chronic", "later", "sooner", "warned"]);
    expect(out.openCount).toBe(4);
    const sooner = out.items[0];
    expect(sooner).toMatchObject({
      reason: "probation",
      statusReason: "Nothing but failures.",
      lastError: "Answered 500",
      owner: null,
      note: null,
    });
    expect(sooner?.hours).toHaveLength(24);
  });

  it("filters by reason and words, and sorts by age", async () => {
    await endpoint("gone", { ...disabledBy("gone"), stateSince: ago(1) });
    await endpoint("streak", { ...disabledBy("failure_streak"), stateSince: ago(3) });
    expect(names(await review({ reason: "gone" }))).toEqual(["gone"]);
    expect(names(await review({ search: "STREAK.ex" }))).toEqual(["streak"]);
    expect(names(await review({ sort: "newest" }))).toEqual(["gone", "streak"]);
    expect(names(await review({ sort: "oldest" }))).toEqual(["streak", "gone"]);
  });

  it("calls a validation stuck once its first test has failed, and says why", async () => {
    const receiver = await startWebhookReceiver(() => ({ status: 503 }));
    const { id } = await createTestEndpoint(deps, admin.organizationId, receiver.url, {
      state: "disabled",
      stateReason: "created",
    });
    await activateEndpoint(deps, admin, id);
    expect((await review()).items).toEqual([]);
    await new DeliveryWorker(deps).drain(10_000);
    await receiver.close();
    const [item] = (await review()).items;
    expect(item).toMatchObject({ endpointId: encodeId("ep", id), reason: "stuck_validating" });
    expect(item?.lastError).toContain("503");
    expect(item?.validatingUntil).not.toBeNull();
    const moved = EndpointPatch.parse({ url: `${receiver.url}/moved` });
    await updateEndpoint(deps, admin, id, moved);
    expect((await review()).items, "the new URL has failed no test yet").toEqual([]);
  });

  it("is for admins, of their own organization; all of them are an operator's", async () => {
    const stranger = await createTestPrincipal(deps);
    await endpoint("mine", onProbation(1));
    await endpoint("theirs", onProbation(2), stranger);
    expect(names(await review())).toEqual(["mine"]);
    await expect(review({ all: "1" })).rejects.toMatchObject({ status: 403 });
    await expect(review({}, { ...admin, role: "developer" })).rejects.toMatchObject({ status: 403 });
    expect(names(await review({ all: "1" }, { ...admin, isOperator: true }))).toEqual(["mine", "theirs"]);
  });
});

describe("reviewEndpoints", () => {
  it("reports per endpoint what happened, and goes on after a refusal", async () => {
    const [off, on, foreign] = [
      await endpoint("off", disabledBy("chronic_failure")),
      await endpoint("on", onProbation(1)),
      await endpoint("foreign", disabledBy("gone"), await createTestPrincipal(deps)),
    ];
    const results = await act("activate", [foreign, off, on]);
    expect(results.map(({ ok }) => ok)).toEqual([false, true, true]);
    expect(results.map(({ url }) => url)).toEqual([null, "https://off.example/", "https://on.example/"]);
    const states = await deps.prisma.endpoint.findMany({ select: { id: true, state: true } });
    const stateOf = (id: string) => states.find((one) => one.id === id)?.state;
    expect([off, on, foreign].map(stateOf)).toEqual(["validating", "active", "disabled"]);
  });

  it("disables", async () => {
    const id = await endpoint("on", onProbation(1));
    expect(await act("disable", [id])).toMatchObject([{ ok: true, message: "Disabled." }]);
    expect(await deps.prisma.endpoint.findUnique({ where: { id } })).toMatchObject({
      state: "disabled",
      stateReason: "manual",
    });
  });

  it("marks as seen with a note, until the endpoint's next transition", async () => {
    const id = await endpoint("off", disabledBy("chronic_failure"));
    await act("seen", [id], { note: "Asked the customer" });
    expect(names(await review())).toEqual([]);
    const seen = await review({ view: "seen" });
    expect(seen.items[0]?.note).toMatchObject({ note: "Asked the customer", by: admin.actorLabel });
    expect([seen.openCount, seen.seenCount]).toEqual([0, 1]);
    await act("activate", [id]);
    await deps.prisma.endpoint.update({
      where: { id },
      data: { state: "disabled", stateReason: "validation_failed", validatingUntil: null },
    });
    expect((await review()).items).toMatchObject([{ reason: "validation_failed", note: null }]);
  });

  it("reaches into other organizations only for an operator who asks for all of them", async () => {
    const stranger = await createTestPrincipal(deps);
    const id = await endpoint("foreign", disabledBy("gone"), stranger);
    const operator = { ...admin, isOperator: true };
    await expect(act("activate", [id], { all: true })).rejects.toMatchObject({ status: 403 });
    expect(await act("activate", [id], {}, operator)).toMatchObject([{ ok: false }]);
    expect(await act("activate", [id], { all: true }, operator)).toMatchObject([{ ok: true }]);
    const transition = await deps.prisma.transition.findFirstOrThrow({ where: { endpointId: id } });
    expect(transition).toMatchObject({ organizationId: stranger.organizationId, actor: admin.actor });
  });
});
