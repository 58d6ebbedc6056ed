import "server-only";
import { isErrorNamed } from "@/lib/server/is-error-named";

/** A mail that could not be written or handed over. The message is shown to admins: it holds no credentials. */
export class MailFailure extends Error {
  override readonly name = "MailFailure";
  constructor(
    message: string,
    /** What is permanent about this mail: trying again would be refused again. */
    readonly permanent: boolean,
    /** Whether the server could not be used at all, so that the next mail would fail alike. */
    readonly concernsServer: boolean,
    /** `cause`: the bug of ours that it is. */
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  static override [Symbol.hasInstance](value: unknown): value is MailFailure {
    return isErrorNamed(value, "MailFailure");
  }
}

interface SmtpError extends Error {
  /** nodemailer's: ECONNECTION, ETIMEDOUT, EAUTH, EENVELOPE, EMESSAGE, ... */
  code?: string;
  /** Of the server's answer. */
  responseCode?: number;
  response?: string;
  command?: string;
}

const messageLengthMax = 300;

/** What nodemailer threw, as a sentence for admins. `secrets` are taken out of the server's words. */
export function toMailFailure(thrown: unknown, secrets: readonly string[]): MailFailure {
  const error = (thrown instanceof Error ? thrown : new Error(String(thrown))) as SmtpError;
  // Whom we send as is configuration, and may be mended; whom we send to is this mail's own.
  const isAboutMail =
    (error.code === "EENVELOPE" && error.command === "RCPT TO") || error.code === "EMESSAGE";
  const permanent = isAboutMail && error.responseCode !== undefined && error.responseCode >= 500;
  // A server may say anything, and a NUL could not be stored: the mail would be tried again for ever.
  const message = redact(spell(error), secrets)
    .replace(/[\s\0]+/g, " ")
    .trim();
  return new MailFailure(message.slice(0, messageLengthMax), permanent, !isAboutMail);
}

function spell(error: SmtpError): string {
  const answer = error.response ? `: ${error.response}` : "";
  switch (error.code) {
    case "EAUTH":
      return `The mail server refused the sign-in${answer}`;
    case "EENVELOPE":
      return `The mail server refused the sender or the recipient${answer}`;
    case "EMESSAGE":
      return `The mail server refused the message${answer}`;
    case "ETLS":
      return "A secure connection to the mail server could not be made";
    case "ETIMEDOUT":
      return "The mail server did not answer in time";
    case "EDNS":
    case "ENOTFOUND":
      return "The mail server's name does not resolve";
    default:
      return (
        connectionProblem(error) ?? `The mail server could not be used: ${error.response ?? error.message}`
      );
  }
}

function connectionProblem({ message }: SmtpError): string | null {
  if (message.includes("ECONNREFUSED")) return "The mail server refused the connection";
  if (message.includes("ECONNRESET")) return "The mail server closed the connection";
  return null;
}

/** Servers repeat what they were told: in clear, or in the base64 of the sign-in. */
function redact(text: string, secrets: readonly string[]): string {
  let redacted = text;
  for (const secret of secrets.filter((one) => one.length > 0)) {
    for (const spelled of [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")]) {
      redacted = redacted.replaceAll(spelled, "***");
    }
  }
  return redacted;
}
