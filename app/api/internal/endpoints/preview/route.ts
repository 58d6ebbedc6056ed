import { PreviewQuery } from "@/lib/schemas/endpoint-page";
import { internalRoute } from "@/lib/server/http/internal-route";
import { previewSubscription } from "@/lib/server/use-cases/preview-subscription";

export const GET = internalRoute(PreviewQuery, async ({ deps, principal, query }) =>
  previewSubscription(deps, principal, query),
);
