import { Prose } from "@/components/docs/prose";
import { verifySamples } from "@/components/docs/verify-samples";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { PanelTabs } from "@/components/ui/panel-tabs";
import { TextLink } from "@/components/ui/text-link";

export function SignatureGuide() {
  return (
    <Card id="signature" title="Check the signature">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <Prose>
          <p>
            Requests are signed as{" "}
            <TextLink href="https://www.standardwebhooks.com/" external>
              Standard Webhooks
            </TextLink>{" "}
            says: HMAC-SHA256 over <code>webhook-id</code>, a dot, <code>webhook-timestamp</code>, a dot, and
            the raw body. The key is what follows <code>whsec_</code>, decoded from base64. While a rotated
            secret is in its overlap, the header carries one signature per secret, separated by spaces: accept
            any of them. Any Standard Webhooks library does this; without one it is a few lines.
          </p>
        </Prose>
        <PanelTabs
          label="Languages"
          tabs={verifySamples.map(({ label, fileName, language, code }) => ({
            value: label,
            label,
            content: (
              <CodeBlock label={`the check in ${label}`} title={fileName} language={language} code={code} />
            ),
          }))}
        />
        <Prose>
          <p>
            Read the body as bytes before any parser touches it: parsed and written again it is another text.
            Compare in constant time, and refuse timestamps more than five minutes off. If a request does not
            verify, the <TextLink href="/docs/signature">signature debugger</TextLink> tells why.
          </p>
        </Prose>
      </div>
    </Card>
  );
}
