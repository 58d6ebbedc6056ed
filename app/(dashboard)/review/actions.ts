"use server";

import { revalidatePath } from "next/cache";
import { ReviewActionIn } from "@/lib/schemas/review";
import { userAction } from "@/lib/server/http/user-action";
import { reviewEndpoints } from "@/lib/server/use-cases/review-endpoints";

export const reviewEndpointsAction = userAction(
  ReviewActionIn,
  async ({ deps, principal, input }) => {
    const results = await reviewEndpoints(deps, principal, input);
    revalidatePath("/review");
    return results;
  },
  { admin: true },
);
