import type pg from "pg";
import { Api } from "./fixtures/api.ts";
import { openDatabase } from "./fixtures/database.ts";
import { startInstance, type Instance } from "./fixtures/instance.ts";
import { expect, test } from "./fixtures/test.ts";

// A build has each module once for the start of the process and once for its routes: what the one throws, the other knows.
let instance: Instance;
let database: pg.Client;
let api: Api;
test.beforeAll(async () => {
  instance = await startInstance({
    POSTHORN_ROLE: "web",
    POSTHORN_WORKER_TOKEN: "cron-token",
    POSTHORN_VALIDATION_WINDOW: "1s",
    // Nothing listens there.
    SMTP_URL: "smtp://127.0.0.1:1",
    MAIL_FROM: "posthorn@example.com",
  });
  database = await openDatabase(instance.dataFolder);
  api = new Api(instance.url);
});
test.afterAll(async () => {
  await database.end();
  await instance.remove();
});

test("a test of an endpoint whose address is not called any more blames the address, not Posthorn", async () => {
  const { id } = await api.createEndpoint("http://127.0.0.1:1/");
  expect(await api.ok("POST", `/endpoints/${id}/test`, {})).toMatchObject({
    errorCode: "connection_refused",
  });
  await database.query("UPDATE endpoint SET url = 'http://10.0.0.1/', version = version + 1");
  expect(await api.ok("POST", `/endpoints/${id}/test`, {})).toMatchObject({
    outcome: "failed",
    statusCode: 0,
    errorCode: "blocked_address",
    fault: "receiver",
    response: null,
  });
});

test("a cron goes on when the mail server is away, and the notice says why it was not sent", async () => {
  const { id } = await api.createEndpoint("http://127.0.0.1:1/");
  await api.ok("PATCH", `/endpoints/${id}`, { state: "active" });
  const drain = async () => {
    const headers = { authorization: "Bearer cron-token" };
    const answer = await fetch(`${instance.url}/api/worker?maxSeconds=1`, { method: "POST", headers });
    expect(answer.status, await answer.text()).toBe(200);
  };
  await expect
    .poll(async () => (await drain(), (await api.ok("GET", `/endpoints/${id}`)).state))
    .toBe("disabled");
  await expect
    .poll(async () => {
      await drain();
      const { rows } = await database.query("SELECT last_error FROM mail_outbox");
      return rows.map(({ last_error }: { last_error: string | null }) => last_error);
    })
    .toEqual(["The mail server refused the connection"]);
});
