import { z } from "zod";
import { internalRoute } from "@/lib/server/http/internal-route";
import { listAttemptFilters } from "@/lib/server/use-cases/list-attempt-filters";

export const GET = internalRoute(z.object({}), ({ deps, principal }) => listAttemptFilters(deps, principal));
