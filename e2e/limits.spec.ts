import { bodyBytesMax, formBytesMax } from "../lib/domain/limits.ts";
import { bootstrap, startInstance, type Instance } from "./fixtures/instance.ts";
import { expect, test } from "./fixtures/test.ts";

// One whole instance with a low rate, asked over HTTP as anybody may.
let instance: Instance;
test.beforeAll(async () => {
  instance = await startInstance({ POSTHORN_API_RATE_LIMIT: "5" });
});
test.afterAll(() => instance.remove());

const withKey = { authorization: `Bearer ${bootstrap.apiKey}`, "content-type": "application/json" };
const ask = (path: string, init: RequestInit = {}) => fetch(`${instance.url}${path}`, init);

/** A body in pieces, its length unknown beforehand. */
function streamed(bytes: number): RequestInit {
  let left = bytes;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = Math.min(left, 65_536);
      left -= piece;
      if (piece === 0) controller.close();
      else controller.enqueue(new Uint8Array(piece).fill(0x20));
    },
  });
  return { method: "POST", body, duplex: "half" } as RequestInit;
}

test("a body over 1 MiB is a 413 wherever bodies are read, announced or not", async () => {
  const large = { method: "POST", body: " ".repeat(bodyBytesMax + 1) };
  for (const body of [() => large, () => streamed(bodyBytesMax + 1)]) {
    for (const path of ["/api/v1/events", "/api/auth/callback/credentials"]) {
      const answer = await ask(path, { ...body(), headers: withKey });
      expect(answer.status, path).toBe(413);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(await answer.json()).toMatchObject({ status: 413, detail: "The body is larger than 1 MiB." });
    }
  }
});

test("a form over 4 MiB is a 413, and sign-in goes on as before", async ({ page }) => {
  const answer = await ask("/sign-in", { method: "POST", body: " ".repeat(formBytesMax + 1) });
  expect(answer.status).toBe(413);
  await page.goto(`${instance.url}/sign-in`);
  await page.getByLabel("E-mail").fill(bootstrap.email);
  await page.getByLabel("Password", { exact: true }).fill(bootstrap.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("a key that asks too often is told when to come again, and admitted then", async () => {
  const list = () => ask("/api/v1/endpoints?limit=1", { headers: withKey });
  const answers = await Promise.all(Array.from({ length: 40 }, list));
  const refused = answers.find(({ status }) => status === 429);
  expect(answers.some(({ status }) => status === 200)).toBe(true);
  expect(refused?.headers.get("retry-after")).toBe("1");
  expect(refused?.headers.get("ratelimit-policy")).toBe('"key";q=25;w=5');
  expect(await refused?.json()).toEqual({
    type: "about:blank",
    title: "Too many requests",
    status: 429,
    detail: "This key may make 5 requests per second. Wait 1 s.",
  });
  await expect.poll(async () => (await list()).status, { timeout: 5_000 }).toBe(200);
});

test("the reference tells the limits of this instance", async ({ page }) => {
  const { info } = (await (await ask("/api/v1/openapi.json")).json()) as { info: { description: string } };
  expect(info.description).toContain("a key may make 5 requests per second");
  await page.goto(`${instance.url}/sign-in?next=/docs/api`);
  await page.getByLabel("E-mail").fill(bootstrap.email);
  await page.getByLabel("Password", { exact: true }).fill(bootstrap.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("a key may make 5 requests per second")).toBeVisible();
  await expect(page.getByText("Limits of an organization: 200 endpoints")).toBeVisible();
});
