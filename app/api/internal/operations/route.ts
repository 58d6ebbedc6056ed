import { z } from "zod";
import { internalRoute } from "@/lib/server/http/internal-route";
import { getInstanceStatus } from "@/lib/server/use-cases/get-instance-status";

export const GET = internalRoute(z.object({}), ({ deps, principal }) => getInstanceStatus(deps, principal));
