import type { ApiOperation, ApiParameter } from "@/components/docs/api-groups";
import { curlOf } from "@/components/docs/operation-curl";
import { MarkedText } from "@/components/docs/prose";
import { SchemaTable } from "@/components/event-types/schema-table";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { SectionHeader } from "@/components/ui/section-header";
import type { Tone } from "@/components/ui/tone";

const methodTones: Record<string, Tone> = {
  GET: "info",
  POST: "success",
  PATCH: "warning",
  DELETE: "danger",
};

type OperationCardProps = { operation: ApiOperation; baseUrl: string };

/** Everything about one request: what it takes, a line to try, what comes back. */
export function OperationCard({ operation, baseUrl }: OperationCardProps) {
  const { id, method, path, summary, description, parameters, body, example, answers } = operation;
  return (
    <Card id={id} className="scroll-mt-6" aria-label={summary}>
      <div className="grid min-w-0 gap-4">
        <div className="grid gap-2">
          <SectionHeader level={3} title={summary} />
          <p className="flex flex-wrap items-center gap-2">
            <Badge tone={methodTones[method]} mono>
              {method}
            </Badge>
            <code className="font-mono text-xs wrap-anywhere">/api/v1{path}</code>
          </p>
          <MarkedText text={description} />
        </div>
        {parameters.length > 0 && <Parameters parameters={parameters} />}
        {body && (
          <div className="grid gap-2">
            <h4 className="text-xs font-medium text-muted">Body</h4>
            <div className="rounded-lg border">
              <SchemaTable schema={body.schema} />
            </div>
          </div>
        )}
        <CodeBlock
          label="the request as curl"
          title="Request"
          language="bash"
          code={curlOf(operation, baseUrl)}
          className="max-h-72"
        />
        {example && (
          <CodeBlock
            label="the answer"
            title={`Answer ${example.status}`}
            language="json"
            code={JSON.stringify(example.value, null, 2)}
            className="max-h-72"
          />
        )}
        <ul className="grid gap-1 text-xs text-muted">
          {answers.map((answer) => (
            <li key={answer.status} className="flex gap-3">
              <code className="w-8 shrink-0 font-mono text-fg">{answer.status}</code>
              {answer.description}
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

function Parameters({ parameters }: { parameters: readonly ApiParameter[] }) {
  return (
    <div className="grid gap-2">
      <h4 className="text-xs font-medium text-muted">Parameters</h4>
      <dl className="divide-y divide-line rounded-lg border text-sm">
        {parameters.map((parameter) => (
          <div
            key={`${parameter.in} ${parameter.name}`}
            className="grid gap-x-6 gap-y-0.5 px-4 py-2 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
          >
            <dt className="flex flex-wrap items-center gap-x-2.5">
              <code className="font-mono text-xs font-medium">{parameter.name}</code>
              <span className="text-xs text-muted">{parameter.in}</span>
              {!parameter.required && <Badge>optional</Badge>}
            </dt>
            <dd>{parameter.description && <MarkedText text={parameter.description} />}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
