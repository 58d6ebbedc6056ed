import { randomBytes } from "node:crypto";

/** Letters and digits only: no encoding on the way can disguise it. */
const secretText = (word: string) => `${word}${randomBytes(15).toString("hex")}`;

/** Recognisable secrets for everything that an operator configures, made for one run. */
export function plantInEnvironment(smtpPort: number) {
  const smtpPassword = secretText("smtp");
  const encryptionKey = randomBytes(32).toString("base64");
  const environment = {
    NEXTAUTH_SECRET: secretText("session"),
    POSTHORN_ENCRYPTION_KEY: encryptionKey,
    POSTHORN_WORKER_TOKEN: secretText("worker"),
    POSTHORN_METRICS_TOKEN: secretText("metrics"),
    POSTHORN_BOOTSTRAP_PASSWORD: secretText("bootstrap"),
    POSTHORN_BOOTSTRAP_API_KEY: `phk_${secretText("bootstrap")}`,
    SMTP_URL: `smtp://mailer:${smtpPassword}@127.0.0.1:${smtpPort}`,
    MAIL_FROM: "posthorn@example.com",
  };
  return { environment, smtpPassword };
}

/** What people and programs enter or are given. */
export function plantInRequests() {
  return {
    headerValue: secretText("header"),
    refusedHeaderValue: secretText("refusedheader"),
    urlPassword: secretText("urlpassword"),
    urlQuery: secretText("urlquery"),
    wrongPassword: secretText("wrongpassword"),
    newPassword: secretText("newpassword"),
    unknownKey: `phk_${secretText("unknown")}`,
    misplacedKey: `phk_${secretText("misplaced")}`,
    brokenJson: secretText("brokenjson"),
    accountUser: secretText("accountuser"),
    accountPassword: secretText("accountpassword"),
    accountKey: secretText("accountkey"),
    refusedCredential: secretText("refusedcredential"),
  };
}

/** Texts to look through, each with the place it came from. */
export class Corpus {
  readonly #texts: { where: string; text: string }[] = [];

  add(where: string, text: string): void {
    this.#texts.push({ where, text });
  }

  /** The texts of these places together. */
  of(where: RegExp): string {
    return this.#texts
      .filter((part) => where.test(part.where))
      .map(({ text }) => text)
      .join("\n");
  }

  /** Where each secret stands, as it is or in base64, except in the places that may hold it. */
  find(planted: Readonly<Record<string, string>>, except: Readonly<Record<string, RegExp>> = {}): string[] {
    const spellings = Object.entries(planted).flatMap(([name, secret]) =>
      spellingsOf(secret).map((spelling) => ({ name, spelling })),
    );
    const found = this.#texts.flatMap(({ where, text }) =>
      spellings
        .filter(({ name, spelling }) => text.includes(spelling) && !except[name]?.test(where))
        .map(({ name }) => `${name} in ${where}`),
    );
    return [...new Set(found)];
  }
}

/** In base64 a text looks different at each of three offsets; what it shares with its neighbours is cut off. */
function spellingsOf(secret: string): string[] {
  const encoded = [0, 1, 2].map((offset) => {
    const text = Buffer.from("\0".repeat(offset) + secret).toString("base64");
    return text.slice(offset === 0 ? 0 : 4, -4);
  });
  return [secret, encodeURIComponent(secret), ...encoded];
}
