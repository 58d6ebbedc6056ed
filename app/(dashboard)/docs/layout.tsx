import type { ReactNode } from "react";
import { LinkTabs } from "@/components/ui/tabs";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/server/auth/session";

const tabs = [
  { label: "Guide", href: "/docs" },
  { label: "Signature debugger", href: "/docs/signature" },
  { label: "API reference", href: "/docs/api" },
];

export default async function DocsLayout({ children }: { children: ReactNode }) {
  await requireUser();
  return (
    <>
      <PageHeader
        title="Docs"
        description="What your receiver gets, how to check it, and what happens when it fails."
      >
        <LinkTabs label="Docs" tabs={tabs} />
      </PageHeader>
      {children}
    </>
  );
}
