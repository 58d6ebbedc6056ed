import { createServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { insertAccountMail, type NewAccountMail } from "@/lib/server/db/account-mails";
import { insertMails } from "@/lib/server/db/mail-outbox";
import { testDatabase } from "@/lib/server/db/testing/test-database";
import type { Deps } from "@/lib/server/deps";
import type { Principal } from "@/lib/server/principal";
import { startSmtpReceiver, type SmtpReceiver } from "@/lib/server/testing/smtp-receiver";
import { closeTestDeps, createTestDeps, createTestPrincipal } from "@/lib/server/testing/test-deps";
import { createMailer } from "./mailer";
import { MailSender, sendDueMail } from "./mail-sender";

const database = testDatabase();
const minuteMs = 60_000;
let now: Date;
let deps: Deps;
let principal: Principal;
const servers: { close(): Promise<unknown> }[] = [];

beforeEach(async () => {
  now = new Date();
  deps = await createTestDeps(database().url, {}, { clock: () => now });
  principal = await createTestPrincipal(deps);
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  await closeTestDeps(deps);
});

async function smtp(...options: Parameters<typeof startSmtpReceiver>): Promise<SmtpReceiver> {
  const server = await startSmtpReceiver(...options);
  servers.push(server);
  return server;
}

const sendOver = (url: string) => {
  const timeouts = { connectMs: 300, silenceMs: 300, totalMs: 2_000 };
  const mailer = createMailer(url, "Posthorn <posthorn@example.com>", timeouts);
  return sendDueMail({ ...deps, mailer });
};

/** A server that is no mail server; returns its URL. */
async function rawServer(behave: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    behave(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  });
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Greets, and then has one more line to say for ever. */
function babble(socket: Socket): void {
  socket.write("220 mail.example.com\r\n");
  const timer = setInterval(() => socket.write("250-and another thing\r\n"), 20);
  socket.once("close", () => clearInterval(timer));
}

async function enqueue(...recipients: string[]): Promise<void> {
  await insertMails(
    deps.sql,
    recipients.map((recipient) => ({
      id: deps.newId(),
      organizationId: principal.organizationId,
      endpointId: deps.newId(),
      kind: "disabled",
      recipient,
      subject: "Endpoint disabled: receiver.example.com",
      html: "<p>Disabled</p>",
      text: "Disabled",
      state: "waiting",
      createdAt: now,
    })),
  );
}

interface MailRow {
  state: string;
  attempts: number;
  last_error: string | null;
  sent_at: Date | null;
}

const rows = () =>
  deps.sql<MailRow>("SELECT state, attempts, last_error, sent_at FROM mail_outbox ORDER BY id");

describe("sending mail", () => {
  it("hands HTML and text to the server and notes when", async () => {
    const server = await smtp();
    await enqueue("ada@example.com");
    expect(await sendOver(server.url)).toBe(1);
    const [message] = server.messages;
    expect(message?.to).toBe("ada@example.com");
    expect(message?.raw).toMatch(/^Subject: Endpoint disabled: receiver.example.com\r$/m);
    expect(message?.raw).toMatch(/^From: Posthorn <posthorn@example.com>\r$/m);
    expect(message?.raw).toMatch(/^Content-Type: multipart\/alternative/m);
    expect(await rows()).toEqual([{ state: "sent", attempts: 1, last_error: null, sent_at: now }]);
  });

  it("sends each mail once, however many processes send at the same time", async () => {
    const server = await smtp();
    const recipients = Array.from({ length: 20 }, (_, number) => `member${number}@example.com`);
    await enqueue(...recipients);
    await Promise.all([1, 2, 3, 4].map(() => sendOver(server.url)));
    expect(server.messages.map(({ to }) => to).sort()).toEqual([...recipients].sort());
  });

  it("waits for a server that is away, a minute at first, and sends when it is back", async () => {
    const gone = await startSmtpReceiver();
    await gone.close();
    await enqueue("ada@example.com");
    expect(await sendOver(gone.url)).toBe(0);
    expect(await rows()).toMatchObject([
      { state: "waiting", attempts: 1, last_error: "The mail server refused the connection" },
    ]);
    const back = await smtp({}, gone.port);
    now = new Date(now.getTime() + minuteMs - 1);
    expect(await sendOver(back.url)).toBe(0);
    now = new Date(now.getTime() + 1);
    expect(await sendOver(back.url)).toBe(1);
    expect(await rows()).toMatchObject([{ state: "sent", attempts: 2, last_error: null }]);
  });

  it("gives up after six tries", async () => {
    const gone = await startSmtpReceiver();
    await gone.close();
    await enqueue("ada@example.com");
    for (let tries = 0; tries < 8; tries += 1) {
      await sendOver(gone.url);
      now = new Date(now.getTime() + 240 * minuteMs);
    }
    expect(await rows()).toMatchObject([{ state: "failed", attempts: 6 }]);
  });

  it.each([
    ["says nothing", () => undefined],
    ["never comes to the end of its answer", (socket: Socket) => babble(socket)],
  ])("does not wait for a server that accepts the connection and %s", async (_, behave) => {
    await enqueue("ada@example.com");
    await sendOver(await rawServer(behave));
    expect(await rows()).toMatchObject([
      { state: "waiting", attempts: 1, last_error: "The mail server did not answer in time" },
    ]);
  });

  it("gives up a recipient whom the server refuses, and goes on with the others", async () => {
    const server = await smtp({
      onRcptTo({ address }, _session, done) {
        if (address !== "nobody@example.com") return done();
        done(Object.assign(new Error("No such mailbox"), { responseCode: 550 }));
      },
    });
    await enqueue("nobody@example.com", "ada@example.com");
    await sendOver(server.url);
    const [refused, sent] = await rows();
    expect(refused).toMatchObject({ state: "failed", attempts: 1 });
    expect(refused?.last_error).toContain("No such mailbox");
    expect(sent?.state).toBe("sent");
  });

  it("tries again later what the server refuses only for now", async () => {
    const server = await smtp({
      onRcptTo: (_address, _session, done) =>
        done(Object.assign(new Error("Greylisted, come back later"), { responseCode: 451 })),
    });
    await enqueue("ada@example.com");
    await sendOver(server.url);
    expect(await rows()).toMatchObject([{ state: "waiting", attempts: 1 }]);
  });

  it("gives up a mail that cannot be written, tells of it once, and goes on with the others", async () => {
    const server = await smtp();
    const error = vi.spyOn(deps.log, "error");
    // React refuses to show an object where a text belongs.
    const origin = { address: { not: "a text" }, userAgent: null } as unknown as NewAccountMail["origin"];
    await insertAccountMail(deps.sql, {
      ...{ id: deps.newId(), kind: "password_changed", recipient: "grace@example.com" },
      ...{ userId: null, origin, createdAt: now },
    });
    await enqueue("ada@example.com");
    expect(await sendOver(server.url)).toBe(1);
    now = new Date(now.getTime() + 5 * minuteMs);
    expect(await sendOver(server.url)).toBe(0);
    expect(await rows()).toMatchObject([
      { state: "failed", attempts: 1, last_error: "The mail could not be written" },
      { state: "sent" },
    ]);
    expect(server.messages.map(({ to }) => to)).toEqual(["ada@example.com"]);
    expect(error.mock.calls).toMatchObject([
      [{ attempts: 1, nextTryAt: null, err: expect.any(Error) as Error }, expect.stringContaining("written")],
    ]);
  });

  it("never repeats the credentials, also when the server does", async () => {
    const server = await smtp({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) =>
        done(Object.assign(new Error(`bad credentials ${username}:${password}`), { responseCode: 535 })),
    });
    await enqueue("ada@example.com");
    await sendOver(server.url.replace("//", "//mailer%40example.com:s3cret%2Fpass@"));
    const [mail] = await rows();
    expect(mail?.state).toBe("waiting");
    expect(mail?.last_error).toMatch(/^The mail server refused the sign-in/);
    expect(mail?.last_error).not.toMatch(/s3cret|mailer/);
  });

  it("is taken up by another process when the one that claimed it has died", async () => {
    const server = await smtp();
    await enqueue("ada@example.com");
    const never = { send: () => new Promise<void>(() => undefined) };
    void sendDueMail({ ...deps, mailer: never });
    await vi.waitFor(async () => expect(await rows()).toMatchObject([{ attempts: 1 }]));
    expect(await sendOver(server.url)).toBe(0);
    now = new Date(now.getTime() + 5 * minuteMs);
    expect(await sendOver(server.url)).toBe(1);
  });

  it("goes on by itself in a worker's process until that stops", async () => {
    const server = await smtp();
    const sender = new MailSender({ ...deps, mailer: createMailer(server.url, "posthorn@example.com") });
    sender.start();
    await enqueue("ada@example.com");
    await vi.waitFor(async () => expect(await rows()).toMatchObject([{ state: "sent" }]), { timeout: 5_000 });
    await sender.stop(1_000);
    expect(server.messages).toHaveLength(1);
  });
});
