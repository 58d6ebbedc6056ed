import { receiverSamples } from "@/components/event-types/receiver-code";
import { CodeBlock } from "@/components/ui/code-block";
import { PanelTabs } from "@/components/ui/panel-tabs";

/** A receiver of one event type, in a few languages. Rendered on the server, where the highlighter is. */
export function ReceiverCode({ eventType, firstField }: { eventType: string; firstField: string | null }) {
  return (
    <PanelTabs
      label="Languages"
      tabs={receiverSamples(eventType, firstField).map(({ label, fileName, language, install, code }) => ({
        value: label,
        label,
        content: (
          <div className="grid gap-2">
            <p className="font-mono text-xs text-muted">{install}</p>
            <CodeBlock label={`the ${label} receiver`} title={fileName} language={language} code={code} />
          </div>
        ),
      }))}
    />
  );
}
