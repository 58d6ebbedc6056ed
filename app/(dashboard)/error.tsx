"use client";

import { ErrorPage, type ErrorPageProps } from "@/components/shell/error-page";

export default function DashboardError(props: ErrorPageProps) {
  return <ErrorPage {...props} framed />;
}
