import { onlineManager, QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, describe, expect, it } from "vitest";
import { connectionOf } from "@/components/shell/use-connection";
import { FetchError } from "@/lib/queries/fetch-json";

const leaves: (() => void)[] = [];
afterEach(() => {
  onlineManager.setOnline(true);
  for (const leave of leaves.splice(0)) leave();
});

/** A page with one query that was answered once and, when it is asked again, fails like this. */
async function pageThatFails(failure: Error | null, { hadData = true } = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  if (hadData) client.setQueryData(["rows"], "rows");
  const observer = new QueryObserver(client, {
    queryKey: ["rows"],
    queryFn: () => (failure ? Promise.reject(failure) : Promise.resolve("rows")),
  });
  leaves.push(observer.subscribe(() => {}));
  await observer.refetch();
  return { cache: client.getQueryCache(), leave: () => leaves.pop()?.() };
}

describe("connectionOf", () => {
  it.each([
    ["an answer", null, "live"],
    ["no answer at all", new TypeError("Failed to fetch"), "lost"],
    ["an answer that is the server's fault", new FetchError(503, "Unavailable"), "lost"],
    ["a refusal, which says itself what is wrong", new FetchError(404, "Not found"), "live"],
    ["the answer that the session has ended", new FetchError(401, "Your session has ended."), "signed-out"],
  ] as const)("takes %s for what it is", async (_, failure, expected) => {
    expect(connectionOf((await pageThatFails(failure)).cache)).toBe(expected);
  });

  it("leaves it to a page that never got its data to say so", async () => {
    const { cache } = await pageThatFails(new TypeError("Failed to fetch"), { hadData: false });
    expect(connectionOf(cache)).toBe("live");
  });

  it("forgets a query that nothing on the page shows any more", async () => {
    const { cache, leave } = await pageThatFails(new TypeError("Failed to fetch"));
    leave();
    expect(connectionOf(cache)).toBe("live");
  });

  it("believes a browser that says it is offline", async () => {
    const { cache } = await pageThatFails(null);
    onlineManager.setOnline(false);
    expect(connectionOf(cache)).toBe("lost");
  });
});
