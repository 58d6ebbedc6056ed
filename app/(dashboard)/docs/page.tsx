import type { Metadata } from "next";
import { DeliveryGuide } from "@/components/docs/delivery-guide";
import { LifecycleGuide } from "@/components/docs/lifecycle-guide";
import { RequestGuide } from "@/components/docs/request-guide";
import { SignatureGuide } from "@/components/docs/signature-guide";
import { requireUser } from "@/lib/server/auth/session";
import { getDeps } from "@/lib/server/deps";
import { readGuide } from "@/lib/server/use-cases/read-guide";

export const metadata: Metadata = { title: "Docs" };

export default async function DocsPage() {
  await requireUser();
  const { request, timing } = readGuide(getDeps());
  return (
    <div className="grid max-w-4xl gap-5">
      <RequestGuide {...request} />
      <SignatureGuide />
      <DeliveryGuide timing={timing} />
      <LifecycleGuide timing={timing} />
    </div>
  );
}
