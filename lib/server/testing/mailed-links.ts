import type { SmtpReceiver } from "./smtp-receiver";

/** The tokens of the links to set a password that were mailed to somebody, oldest first. */
export function mailedTokens({ messages }: SmtpReceiver, recipient: string): string[] {
  return messages
    .filter(({ to }) => to === recipient)
    .flatMap(({ raw }) => {
      // Quoted-printable (RFC 2045): lines that go on, and the equals sign itself.
      const text = raw.replaceAll("=\r\n", "").replaceAll("=3D", "=");
      const [, token] = /\/reset-password\?token=([\w-]{43})\b/.exec(text) ?? [];
      return token === undefined ? [] : [token];
    });
}
