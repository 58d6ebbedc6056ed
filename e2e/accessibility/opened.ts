import { expect, type Page } from "@playwright/test";
import type { Contents } from "./contents.ts";

interface Opened {
  path: (contents: Contents) => string;
  /** Brings to light what the page does not show at first; ends when it is there. */
  open: (page: Page, contents: Contents) => Promise<void>;
}

const press = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name }).filter({ visible: true }).first().click();
const dialog = (page: Page) => expect(page.getByRole("dialog")).toBeVisible();
const endpoint = ({ belongings }: Contents) => `/endpoints/${belongings.endpointId}`;

/** Dialogs, menus, panels, refusals and answers. */
export const opened: Record<string, Opened> = {
  "the account menu": {
    path: () => "/account",
    open: async (page) => {
      await press(page, /^Account: /);
      await expect(page.getByRole("menu")).toBeVisible();
    },
  },
  "the command palette": {
    path: () => "/docs",
    open: async (page) => {
      await page.keyboard.press("Control+k");
      await expect(page.getByRole("option").first()).toBeVisible();
    },
  },
  "the refused endpoint form": {
    path: () => "/endpoints/new",
    open: async (page) => {
      await page.getByLabel("Endpoint URL").fill("http://10.0.0.1/hook");
      await press(page, "Create endpoint");
      await expect(page.getByText("Nothing was saved")).toBeVisible();
    },
  },
  "a test with its answer": {
    path: endpoint,
    open: async (page) => {
      await press(page, "Send test");
      await page.getByRole("dialog").getByRole("button", { name: "Send test" }).click();
      await expect(page.getByRole("link", { name: "Request and response" }).last()).toBeVisible();
    },
  },
  "the question before disabling": {
    path: endpoint,
    open: async (page) => {
      await press(page, "Disable");
      await dialog(page);
    },
  },
  "the shown secret and its rotation": {
    path: (contents) => `${endpoint(contents)}/secret`,
    open: async (page) => {
      await press(page, "Reveal");
      await expect(page.getByLabel("Signing secret", { exact: true })).toBeVisible();
      await press(page, "Rotate");
      await dialog(page);
    },
  },
  "the question before deleting": {
    path: (contents) => `${endpoint(contents)}/settings`,
    open: async (page) => {
      await press(page, "Delete endpoint");
      await dialog(page);
    },
  },
  "the recovery": {
    path: (contents) => `${endpoint(contents)}/recover`,
    open: async (page) => {
      await press(page, "Recover");
      await page
        .getByRole("dialog")
        .getByRole("radio", { name: /^Everything/ })
        .check();
      await expect(page.getByRole("button", { name: /^Send \d/ })).toBeVisible();
    },
  },
  "a filter of the log": {
    path: () => "/logs",
    open: async (page) => {
      await press(page, "Status");
      await page.getByRole("option", { name: "5xx" }).click();
      await expect(page.getByRole("button", { name: "Clear", exact: true }).last()).toBeVisible();
    },
  },
  "a time range of one's own": {
    path: () => "/logs",
    open: async (page) => {
      await press(page, "Custom time range");
      await dialog(page);
    },
  },
  "an attempt's headers": {
    path: ({ belongings }) => `/logs/${belongings.attemptId}`,
    open: async (page) => {
      for (const tab of await page.getByRole("tab", { name: /^Headers/ }).all()) await tab.click();
      await expect(page.getByText("webhook-signature").first()).toBeVisible();
    },
  },
  "an event with problems": {
    path: () => "/events/publish?type=scheduling.smartscheduler.scheduled",
    open: async (page) => {
      await page.getByRole("textbox", { name: "Data" }).fill('{ "id": 1 }');
      await expect(page.getByText(/problems? to solve/)).toBeVisible();
    },
  },
  "the selection of the review": {
    path: () => "/review",
    open: async (page) => {
      await page.getByRole("checkbox", { name: "Select all" }).check();
      await page.getByRole("region", { name: "Selection" }).getByRole("button").first().click();
      await dialog(page);
    },
  },
  "an invitation that was refused": {
    path: () => "/members",
    open: async (page, { organization }) => {
      await press(page, "Invite");
      await page.getByLabel("E-mail").fill(organization.developer.email);
      await press(page, "Make the link");
      await expect(page.getByRole("dialog").getByRole("alert")).toBeVisible();
    },
  },
  "a key that is shown once": {
    path: () => "/api-keys",
    open: async (page) => {
      await press(page, "Create key");
      await page.getByLabel("Name").fill("Of the accessibility test");
      await page.getByRole("dialog").getByRole("button", { name: "Create key" }).click();
      await expect(page.getByRole("button", { name: "Done" })).toBeVisible();
    },
  },
  "the refused booking": {
    path: () => "/scheduler/book",
    open: async (page) => {
      await page.getByRole("radio").first().check();
      await page.getByLabel("Name", { exact: true }).fill("Priya Raman");
      await page.getByLabel("E-mail", { exact: true }).fill("priya@harborline.example");
      await page.getByLabel(/^Other invitees/).fill("nobody");
      await press(page, "Book the meeting");
      await expect(page.getByText("Nothing was booked")).toBeVisible();
    },
  },
  "preferences that were saved": {
    path: () => "/settings/preferences",
    open: async (page) => {
      await press(page, "Save preferences");
      await expect(page.getByRole("status").filter({ hasText: /Saved|Nothing/ })).toBeVisible();
    },
  },
};
