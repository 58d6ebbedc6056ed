import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <>
      <PageHeader
        title="Scheduler"
        description="Meetings in the calendars of your organization. Booking, moving and canceling one is published as an event."
      />
      <SkeletonRows columns={4} />
    </>
  );
}
