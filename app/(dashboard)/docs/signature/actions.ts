"use server";

import { SignatureCheckIn } from "@/lib/schemas/signature-check";
import { formAction } from "@/lib/server/http/user-action";
import { debugSignature } from "@/lib/server/use-cases/debug-signature";

export const checkSignatureAction = formAction(SignatureCheckIn, async ({ deps, input }) =>
  debugSignature(input, deps.clock()),
);
