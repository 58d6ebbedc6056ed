import { z } from "zod";
import { internalRoute } from "@/lib/server/http/internal-route";
import { listInboxes } from "@/lib/server/use-cases/list-inboxes";

export const GET = internalRoute(z.object({}), ({ deps, principal }) => listInboxes(deps, principal));
