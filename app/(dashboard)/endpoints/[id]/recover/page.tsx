import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { RecoverPanel } from "@/components/replays/recover-panel";
import { decodeId } from "@/lib/domain/ids";
import { getQueryClient } from "@/lib/queries/client";
import { replayQueries } from "@/lib/queries/replays";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { countUndelivered } from "@/lib/server/use-cases/count-undelivered";
import { listReplays } from "@/lib/server/use-cases/get-replay";
import { loadEndpoint } from "../load-endpoint";
import { cancelReplayAction, countReplayAction, startReplayAction } from "./actions";

export const metadata: Metadata = { title: "Recover" };

export default async function RecoverPage({ params }: { params: Promise<{ id: string }> }) {
  const user = await requireUser();
  const { endpoint } = await loadEndpoint((await params).id);
  const id = decodeId("ep", endpoint.id) ?? "";
  const queries = getQueryClient();
  queries.setQueryData(
    replayQueries.undelivered(endpoint.id).queryKey,
    await countUndelivered(getDeps(), user, id),
  );
  queries.setQueryData(replayQueries.list(endpoint.id).queryKey, await listReplays(getDeps(), user, id));
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <RecoverPanel
        id={endpoint.id}
        retentionMs={getDeps().settings.retentionMs}
        count={countReplayAction}
        start={startReplayAction}
        cancel={cancelReplayAction}
      />
    </HydrationBoundary>
  );
}
