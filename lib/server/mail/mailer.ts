import "server-only";
import { createTransport } from "nodemailer";
import { toMailFailure } from "./mail-failure";

export interface OutgoingMail {
  /** The same at every try of the same mail, so that a receiving server can tell a repetition. */
  id: string;
  recipient: string;
  subject: string;
  html: string;
  text: string;
  /** What stands in the mail and may stand nowhere else: a server that refuses a mail sometimes quotes it. */
  secret?: string;
}

export interface Mailer {
  /** Hands one mail to the server. Throws MailFailure. */
  send(mail: OutgoingMail): Promise<void>;
}

export interface MailerTimeouts {
  connectMs: number;
  /** Without a byte from the server. */
  silenceMs: number;
  /** For one mail, whatever the server says meanwhile. */
  totalMs: number;
}

const defaultTimeouts: MailerTimeouts = { connectMs: 10_000, silenceMs: 20_000, totalMs: 120_000 };

/** A mailer over SMTP: `smtp://` (with STARTTLS where it is offered) or `smtps://`, credentials in the URL. */
export function createMailer(smtpUrl: string, from: string, timeouts = defaultTimeouts): Mailer {
  const secrets = credentialsIn(smtpUrl);
  const transport = createTransport(withTimeouts(smtpUrl, timeouts));
  const domain = /@([^\s>]+)>?\s*$/.exec(from)?.[1] ?? "posthorn";
  return {
    async send({ id, recipient, subject, html, text, secret }) {
      try {
        const sending = transport.sendMail({
          from,
          // An object, not a string to be parsed: an address cannot become two.
          to: { name: "", address: recipient },
          subject,
          html,
          text,
          messageId: `<${id}@${domain}>`,
          headers: { "auto-submitted": "auto-generated" },
          // A mail is made of what we rendered and of nothing that a path or a URL in it could name.
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        await within(timeouts.totalMs, sending);
      } catch (error) {
        throw toMailFailure(error, secret === undefined ? secrets : [...secrets, secret]);
      }
    },
  };
}

/** nodemailer knows only silence: a server that always has one more line to say would hold up the mails after this one. */
async function within(limitMs: number, sending: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, fail) => {
    const error = Object.assign(new Error(`not sent within ${limitMs} ms`), { code: "ETIMEDOUT" });
    timer = setTimeout(() => fail(error), limitMs);
  });
  await Promise.race([sending, tooLate]).finally(() => clearTimeout(timer));
}

/** nodemailer reads options beside a URL from the URL's query, and ignores them anywhere else. */
function withTimeouts(smtpUrl: string, { connectMs, silenceMs }: MailerTimeouts): string {
  const url = new URL(smtpUrl);
  const wanted = {
    dnsTimeout: connectMs,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
  };
  for (const [name, ms] of Object.entries(wanted)) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, String(ms));
  }
  return url.href;
}

function credentialsIn(smtpUrl: string): string[] {
  const { username, password } = new URL(smtpUrl);
  const [user, secret] = [decode(username), decode(password)];
  // The PLAIN sign-in is one base64 over both.
  return [`\u0000${user}\u0000${secret}`, secret, user].filter((one) => one.replaceAll("\u0000", "") !== "");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
