import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { QueryCache } from "@/components/query-cache";
import { AppShell } from "@/components/shell/app-shell";
import { parseSidebarChoice, sidebarCookie } from "@/components/shell/sidebar-choice";
import { encodeId } from "@/lib/domain/ids";
import { requireUser } from "@/lib/server/auth/session";

/** The frame of every page behind sign-in. Each page checks again: a layout is not run for every navigation. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const user = await requireUser();
  const sidebar = parseSidebarChoice((await cookies()).get(sidebarCookie)?.value);
  const name = `${user.firstName} ${user.lastName}`.trim();
  return (
    <QueryCache reader={`${user.actor} ${encodeId("org", user.organizationId)}`}>
      <AppShell
        organizationName={user.organizationName}
        user={{ name, email: user.email, role: user.isOperator ? "operator" : user.role }}
        sidebar={sidebar}
      >
        {children}
      </AppShell>
    </QueryCache>
  );
}
