import type { ReactNode } from "react";
import { PageHeader } from "@/components/ui/page-header";
import { LinkTabs } from "@/components/ui/tabs";

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <PageHeader
        title="Settings"
        description="What holds for the whole organization. Each change is published to your endpoints as it is made."
      >
        <LinkTabs
          label="Settings"
          tabs={[
            { label: "Profile", href: "/settings" },
            { label: "Domains", href: "/settings/domains" },
            { label: "Preferences", href: "/settings/preferences" },
            { label: "Service accounts", href: "/settings/service-accounts" },
          ]}
        />
      </PageHeader>
      <div className="grid max-w-4xl gap-5">{children}</div>
    </>
  );
}
