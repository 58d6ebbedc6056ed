import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { InstanceStatus } from "@/components/operations/instance-status";
import { getQueryClient } from "@/lib/queries/client";
import { operationQueries } from "@/lib/queries/operations";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { getInstanceStatus } from "@/lib/server/use-cases/get-instance-status";
import { healDeliveriesAction } from "./actions";

export const metadata: Metadata = { title: "Operations" };

/** For operators alone. */
export default async function OperationsPage() {
  const user = await requireUser();
  if (!user.isOperator) forbidden();
  const client = getQueryClient();
  await client.prefetchQuery({
    ...operationQueries.status(),
    queryFn: () => getInstanceStatus(getDeps(), user),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <InstanceStatus heal={healDeliveriesAction} />
    </HydrationBoundary>
  );
}
