"use server";

import { z } from "zod";
import { idIn } from "@/lib/schemas/public-id";
import { userAction } from "@/lib/server/http/user-action";
import { retryDelivery } from "@/lib/server/use-cases/retry-delivery";

/** Sends a delivery again, or now what would be sent later; answers with the number its next attempt will have. */
export const retryDeliveryAction = userAction(
  z.strictObject({ deliveryId: idIn("delivery") }),
  async ({ deps, principal, input }) => {
    const { deliveryAttempt } = await retryDelivery(deps, principal, input.deliveryId);
    return { deliveryAttempt };
  },
);
