import type { Metadata } from "next";
import { SignatureDebugger } from "@/components/docs/signature-debugger";
import { Card } from "@/components/ui/card";
import { requireUser } from "@/lib/server/auth/session";
import { checkSignatureAction } from "./actions";

export const metadata: Metadata = { title: "Signature debugger" };

export default async function SignatureDebuggerPage() {
  await requireUser();
  return (
    <div className="max-w-4xl">
      <Card
        title="Why does it not verify?"
        description="Paste what your receiver got, as it got it. Nothing is stored."
      >
        <SignatureDebugger action={checkSignatureAction} />
      </Card>
    </div>
  );
}
