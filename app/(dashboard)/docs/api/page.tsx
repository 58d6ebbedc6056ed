import type { Metadata } from "next";
import { ApiContents } from "@/components/docs/api-contents";
import { apiGroups } from "@/components/docs/api-groups";
import { OperationCard } from "@/components/docs/operation-card";
import { MarkedText } from "@/components/docs/prose";
import { SectionHeader } from "@/components/ui/section-header";
import { TextLink } from "@/components/ui/text-link";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { readOpenApi } from "@/lib/server/use-cases/read-openapi";

export const metadata: Metadata = { title: "API reference" };

export default async function ApiReferencePage() {
  await requireUser();
  const document = readOpenApi(getDeps());
  const groups = apiGroups(document);
  const baseUrl = document.servers?.[0]?.url ?? "";
  return (
    <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_14rem]">
      <div className="grid min-w-0 gap-8">
        <div className="grid gap-3">
          <MarkedText text={document.info.description ?? ""} />
          <p className="text-sm text-muted">
            All of it for programs:{" "}
            <TextLink href="/api/v1/openapi.json" prefetch={false}>
              openapi.json
            </TextLink>
          </p>
        </div>
        {groups.map((group) => (
          <section key={group.name} className="grid gap-4">
            <SectionHeader title={group.name} description={group.description} />
            {group.operations.map((operation) => (
              <OperationCard key={operation.id} operation={operation} baseUrl={baseUrl} />
            ))}
          </section>
        ))}
      </div>
      <ApiContents groups={groups} />
    </div>
  );
}
