import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <PageHeader title="Endpoints" description="URLs that receive your organization's events." />
      <SkeletonRows columns={4} />
    </>
  );
}
