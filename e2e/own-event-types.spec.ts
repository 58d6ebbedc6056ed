import { Api } from "./fixtures/api.ts";
import { openSession } from "./fixtures/sign-in.ts";
import { expect, test } from "./fixtures/test.ts";

const schema = { type: "object", properties: { id: { type: "string" } }, required: ["id"] };
const example = { id: "one" };

let api: Api;

test.beforeEach(({ baseURL }) => {
  api = new Api(baseURL ?? "");
});

test("an own event type is registered, changed, deprecated and deleted", async ({ page }) => {
  const name = "journey.registered";
  await openSession(page);
  await page.goto("/event-types");
  await page.getByRole("link", { name: "New event type" }).first().click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("JSON Schema of the data").fill(JSON.stringify(schema));
  await page.getByLabel("Example").fill("{}");
  await page.getByRole("button", { name: "Register event type" }).click();
  await expect(page.getByText("Not registered")).toBeVisible();
  await expect(page.getByLabel("Example"), "a refused form holds what was entered").toHaveValue("{}");
  await page.getByLabel("Example").fill(JSON.stringify(example));
  await expect(page.getByText("Satisfies the schema")).toBeVisible();
  await page.getByRole("button", { name: "Register event type" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);

  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Description").fill("Somebody has registered.");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Somebody has registered.")).toBeVisible();
  await page.getByRole("button", { name: "Deprecate" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Deprecate" }).click();
  await expect(page.getByRole("button", { name: "Bring back" })).toBeVisible();
  expect(await api.ok("GET", `/event-types/${name}`)).toMatchObject({
    ...{ name, schema, example, deprecated: true },
    description: "Somebody has registered.",
  });
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/event-types$/);
  expect((await api.call("GET", `/event-types/${name}`)).status).toBe(404);
});

test("a page that was loaded before somebody else's change takes nothing of it back", async ({ page }) => {
  const name = "journey.changed";
  await api.ok("POST", "/event-types", { name, description: "Old", schema, example });
  await openSession(page);
  await page.goto(`/event-types/${name}/edit`);
  await expect(page.getByLabel("Description")).toHaveValue("Old");
  const wider = { ...schema, properties: { ...schema.properties, amount: { type: "number" } } };
  await api.ok("PATCH", `/event-types/${name}`, { schema: wider });
  await page.getByLabel("Description").fill("New");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page).toHaveURL(new RegExp(`/event-types/${name}$`));
  expect(await api.ok("GET", `/event-types/${name}`)).toMatchObject({
    schema: wider,
    example,
    description: "New",
  });
  await api.ok("DELETE", `/event-types/${name}`);
});

test.describe("before hydration", () => {
  test.use({ javaScriptEnabled: false });

  test("a refused event type holds what was entered", async ({ page }) => {
    await openSession(page);
    await page.goto("/event-types/new");
    await page.getByLabel("Name", { exact: true }).fill("journey.typed");
    await page.getByLabel("JSON Schema of the data").fill("{");
    await page.getByRole("button", { name: "Register event type" }).click();
    await expect(page.getByText("Not registered")).toBeVisible();
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("journey.typed");
    await expect(page.getByLabel("JSON Schema of the data")).toHaveValue("{");
  });
});
