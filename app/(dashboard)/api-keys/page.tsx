import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { ApiKeyTable } from "@/components/api-keys/api-key-table";
import { CreateApiKeyDialog } from "@/components/api-keys/create-api-key-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { isAdmin } from "@/lib/server/principal";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { listApiKeys } from "@/lib/server/use-cases/list-api-keys";
import { createApiKeyAction, revokeApiKeyAction } from "./actions";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeysPage() {
  const user = await requireUser();
  if (!isAdmin(user)) forbidden();
  const keys = await listApiKeys(getDeps(), user);
  return (
    <>
      <PageHeader
        title="API keys"
        description={
          <>
            Programs publish events and manage endpoints with them. How to use one is in the{" "}
            <TextLink href="/docs/api">API reference</TextLink>.
          </>
        }
        actions={<CreateApiKeyDialog action={createApiKeyAction} />}
      />
      {keys.length > 0 ? (
        <ApiKeyTable keys={keys} revoke={revokeApiKeyAction} />
      ) : (
        <EmptyState icon={KeyRound} title="No API keys yet">
          Create one for each program that talks to Posthorn, with only the scopes it needs.
        </EmptyState>
      )}
    </>
  );
}
