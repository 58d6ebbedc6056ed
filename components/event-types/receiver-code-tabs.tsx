import { type Receiver, receiverSamples } from "@/components/event-types/receiver-code";
import { CodeBlock } from "@/components/ui/code-block";
import { CodePre } from "@/components/ui/code-pre";
import { PanelTabs } from "@/components/ui/panel-tabs";

/** A receiver in a few languages. Rendered on the server, where the highlighter is. */
export function ReceiverCode(receiver: Receiver) {
  return (
    <PanelTabs
      label="Languages"
      tabs={receiverSamples(receiver).map(({ label, fileName, language, install, code, run }) => ({
        value: label,
        label,
        content: (
          <div className="grid gap-2">
            <p className="font-mono text-xs text-muted">{install}</p>
            <CodeBlock label={`the ${label} receiver`} title={fileName} language={language} code={code} />
            <CodePre title="Run it" label={`the command for ${label}`} text={run} wrap />
          </div>
        ),
      }))}
    />
  );
}
