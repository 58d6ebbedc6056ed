import { randomBytes } from "node:crypto";
import { startSmtpReceiver, type SmtpReceiver } from "../../lib/server/testing/smtp-receiver.ts";
import { allOperations } from "../../lib/schemas/operations/all.ts";
import { openDatabase, readSecrets } from "../fixtures/database.ts";
import { startInstance, type Instance } from "../fixtures/instance.ts";
import { builtActions } from "../fixtures/server-actions.ts";
import { expect, test } from "../fixtures/test.ts";
import { pages, routes, serverActions } from "./surface.ts";
import { actionCases } from "./tenants/action-cases.ts";
import { makeBelongings } from "./tenants/belongings.ts";
import { internalCases } from "./tenants/internal-cases.ts";
import { otherRoutes } from "./tenants/other-routes.ts";
import { pageCases } from "./tenants/page-cases.ts";
import { makeOrganization } from "./tenants/people.ts";
import { restCases } from "./tenants/rest-cases.ts";
import { uncoveredInputs } from "./tenants/uncovered-inputs.ts";
import { gatherVisitors } from "./tenants/visitors.ts";
import { Findings, type Stage } from "./tenants/walk.ts";
import { grantAction, walkAction, walkGuestAction } from "./tenants/walk-actions.ts";
import { grantRequest, restName, walkInternal, walkPage, walkRest } from "./tenants/walk-requests.ts";

let instance: Instance;
let mailServer: SmtpReceiver;
let stage: Stage;

test.beforeAll(async () => {
  // It refuses every recipient: a mail that failed for good is one that could be sent again.
  mailServer = await startSmtpReceiver({
    onRcptTo: (_address, _session, done) => done(new Error("Nobody here")),
  });
  instance = await startInstance({ SMTP_URL: mailServer.url, MAIL_FROM: "posthorn@example.com" });
  stage = await setStage(instance);
});

test.afterAll(async () => {
  await stage?.database.end();
  await instance?.remove();
  await mailServer?.close();
});

async function setStage({ url: instanceUrl, dataFolder }: Instance): Promise<Stage> {
  const database = await openDatabase(dataFolder);
  const { sessionSecret } = await readSecrets(dataFolder);
  const mark = `m${randomBytes(6).toString("hex")}`;
  const owner = await makeOrganization(database, instanceUrl, `Owner ${mark}`);
  const { stranger, ...visitors } = await gatherVisitors({ database, instanceUrl, sessionSecret }, owner);
  const theirs = await makeBelongings({ database, instanceUrl, organization: owner, mark });
  const own = await makeBelongings({ database, instanceUrl, organization: stranger, mark: "strange" });
  return { instanceUrl, database, owner, theirs, own, visitors, mark };
}

test("every page, route, method and server action that there is has a case", () => {
  const actions = serverActions();
  const listed = new Set(actions.map(({ name, file }) => `${name} in ${file}`));
  const unlisted = builtActions().filter(({ name, file }) => !listed.has(`${name} in ${file}`));
  expect(unlisted, "server actions that the build has and the files do not show").toEqual([]);
  const routeCases = { ...restCases, ...internalCases, ...otherRoutes };
  const unequal = [
    ...differences("page", pages(), pageCases),
    ...differences("route", routes(), routeCases),
    ...differences(
      "server action",
      actions.map(({ name }) => name),
      actionCases,
    ),
  ];
  expect(unequal).toEqual([]);
});

function differences(kind: string, there: readonly string[], cases: Record<string, unknown>): string[] {
  const missing = there.filter((name) => !(name in cases)).map((name) => `The ${kind} ${name} has no case.`);
  const stale = Object.keys(cases).filter((name) => !there.includes(name));
  return [...missing, ...stale.map((name) => `There is a case for a ${kind} ${name}, and no such ${kind}.`)];
}

test("every id, cursor and filter that the REST API takes is tried", () => {
  const described = allOperations.map(({ method, path }) => restName(method, path));
  expect(Object.keys(restCases).sort()).toEqual(described.sort());
  expect(uncoveredInputs(restCases)).toEqual([]);
});

test("the REST API is sealed", async () => {
  const findings = new Findings(stage);
  await findings.begin();
  for (const [name, tries] of Object.entries(restCases)) {
    for (const tried of "takesNoIds" in tries ? [] : tries) {
      await walkRest(stage, findings, { name, method: methodOf(name), tried });
    }
  }
  expect(findings.list).toEqual([]);
});

test("what the dashboard asks for is sealed", async () => {
  const findings = new Findings(stage);
  await findings.begin();
  for (const [name, tries] of Object.entries(internalCases)) {
    for (const tried of "takesNoIds" in tries ? [] : tries) {
      await walkInternal(stage, findings, { name, method: methodOf(name), tried });
    }
  }
  expect(findings.list).toEqual([]);
});

test("the pages are sealed", async () => {
  test.setTimeout(120_000);
  const findings = new Findings(stage);
  await findings.begin();
  for (const [name, tries] of Object.entries(pageCases)) {
    for (const tried of "takesNoIds" in tries ? [] : tries) {
      await walkPage(stage, findings, { name, method: "GET", tried });
    }
  }
  expect(findings.list).toEqual([]);
});

test("the server actions are sealed", async () => {
  const findings = new Findings(stage);
  await findings.begin();
  for (const [name, tries] of Object.entries(actionCases)) {
    for (const tried of tries) {
      if ("guest" in tried) await walkGuestAction(stage, findings, { name, tried });
      else await walkAction(stage, findings, { name, tried });
    }
  }
  expect(findings.list).toEqual([]);
});

test("to its owner, every one of these requests is granted", async () => {
  const refused: string[] = [];
  const requests = Object.entries({ ...internalCases, ...pageCases, ...restCases });
  // What deletes comes last in each table; the actions are on the strangers' things, which are all still there.
  for (const [name, tries] of requests) {
    for (const tried of "takesNoIds" in tries ? [] : tries) {
      if (tried.ownerGets === false) continue;
      const problem = await grantRequest(stage, { name, method: methodOf(name), tried });
      if (problem !== null) refused.push(`${name}: ${problem}`);
    }
  }
  for (const [name, tries] of Object.entries(actionCases)) {
    for (const tried of tries) {
      if ("guest" in tried || tried.ownerGets === false) continue;
      const problem = await grantAction(stage, { name, tried });
      if (problem !== null) refused.push(`${name}: ${problem}`);
    }
  }
  expect(refused).toEqual([]);
});

/** A page has no method in its name. */
function methodOf(name: string): string {
  return name.startsWith("/") ? "GET" : (name.split(" ")[0] ?? "GET");
}
