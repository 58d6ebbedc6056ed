"use server";

import { z } from "zod";
import { userAction } from "@/lib/server/http/user-action";
import { healDeliveries } from "@/lib/server/use-cases/heal-deliveries";

export const healDeliveriesAction = userAction(z.strictObject({}), ({ deps, principal }) =>
  healDeliveries(deps, principal),
);
