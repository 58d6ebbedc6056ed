import "server-only";
import type { ReactNode } from "react";
import { Body, Container, Head, Heading, Hr, Html, Preview, Section, Text } from "@react-email/components";

const sans = "ui-sans-serif, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const mono = "ui-monospace, 'SF Mono', Menlo, Consolas, monospace";

/** Where a program follows the reader's dark mode, classes take over from the inline colours. */
const darkMode = `
  @media (prefers-color-scheme: dark) {
    .canvas, .canvas > table > tbody > tr > td { background-color: #0f0f0e !important; }
    .card { background-color: #171716 !important; border-color: #2a2a28 !important; }
    .fg { color: #eeeeec !important; }
    .muted { color: #a9a9a4 !important; }
    .rule { border-color: #2a2a28 !important; }
    .action { background-color: #6fb0b8 !important; color: #0d1a1c !important; }
    .link { color: #8ac5cb !important; }
    .note-success { background-color: #14261b !important; border-color: #284a35 !important; color: #9ad9b0 !important; }
    .note-warning { background-color: #2b2112 !important; border-color: #4d3b1c !important; color: #f0c987 !important; }
    .note-danger { background-color: #321b1b !important; border-color: #5a2c2c !important; color: #f5a9a6 !important; }
  }
  @media (max-width: 480px) {
    .fact-label, .fact-value { display: block !important; width: 100% !important; }
    .fact-label { padding-bottom: 0 !important; }
    .fact-value { padding-top: 0 !important; }
    .card { padding: 24px 20px !important; }
  }`;

interface MailFrameProps {
  subject: string;
  /** What a list of mails shows after the subject. */
  preview: string;
  /** Beside the product's name. */
  from: string;
  heading: ReactNode;
  children: ReactNode;
  footer: ReactNode;
}

/** A mail as HTML that mail programs agree on: tables, inline styles, nothing loaded from anywhere. */
export function MailFrame({ subject, preview, from, heading, children, footer }: MailFrameProps) {
  return (
    <Html lang="en">
      <Head>
        <title>{subject}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style dangerouslySetInnerHTML={{ __html: darkMode }} />
      </Head>
      <Preview>{preview}</Preview>
      <Body
        className="canvas"
        style={{ margin: 0, padding: "24px 12px", backgroundColor: "#f6f6f4", fontFamily: sans }}
      >
        <Container style={{ maxWidth: 560, margin: "0 auto", wordBreak: "break-word" }}>
          <Text className="muted" style={{ ...small, margin: "0 4px 12px", fontWeight: 600 }}>
            Posthorn <span style={{ fontWeight: 400 }}>· {from}</span>
          </Text>
          <Section className="card" style={card}>
            <Heading as="h1" className="fg" style={headingStyle}>
              {heading}
            </Heading>
            {children}
          </Section>
          <Hr
            className="rule"
            style={{ margin: "24px 4px 12px", border: 0, borderTop: "1px solid #e6e6e2" }}
          />
          <Text className="muted" style={{ ...small, margin: "0 4px" }}>
            {footer}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

/** Labels and values; on a phone one above the other. The text version finds the table by its class. */
export function Facts({ facts }: { facts: readonly { label: string; value: string }[] }) {
  return (
    <table className="facts" role="presentation" width="100%" cellPadding={0} cellSpacing={0} border={0}>
      <tbody>
        {facts.map(({ label, value }) => (
          <tr key={label}>
            <td className="muted fact-label" style={{ ...fact, width: 140, color: "#63635e" }}>
              {label}
              {/* Only the text version has nothing but words to tell the two apart. */}
              <span style={{ display: "none" }}>:</span>
            </td>
            <td className="fg fact-value" style={{ ...fact, color: "#1d1d1b", wordBreak: "break-word" }}>
              <span
                style={
                  label === "Endpoint"
                    ? { fontFamily: mono, fontSize: 12.5, wordBreak: "break-all" }
                    : undefined
                }
              >
                {value}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A text in which no moment is broken at its hyphens. */
export function Told({ text }: { text: string }) {
  return text.split(/(\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC)/).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <span key={index} style={{ whiteSpace: "nowrap" }}>
        {part}
      </span>
    ),
  );
}

const small = { fontSize: 12.5, lineHeight: "18px", color: "#63635e" };
export const paragraph = { fontSize: 14, lineHeight: "21px", color: "#1d1d1b" };
const card = {
  padding: "28px 28px 32px",
  backgroundColor: "#ffffff",
  border: "1px solid #e6e6e2",
  borderRadius: 10,
};
const headingStyle = {
  margin: "0 0 16px",
  fontSize: 18,
  lineHeight: "26px",
  fontWeight: 600,
  color: "#1d1d1b",
};
const fact = { ...paragraph, padding: "5px 8px 5px 0", fontSize: 13, verticalAlign: "top" as const };
export const button = {
  padding: "10px 16px",
  borderRadius: 7,
  backgroundColor: "#146a72",
  color: "#ffffff",
  fontSize: 14,
  fontWeight: 500,
};
