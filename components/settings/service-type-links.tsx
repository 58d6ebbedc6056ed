import Link from "next/link";
import { serviceAccountTypes, type ServiceAccountType } from "@/lib/domain/service-account";

/** One of the services, all in sight, as links: the form of each needs other credentials, also before hydration. */
export function ServiceTypeLinks({ current }: { current: ServiceAccountType }) {
  return (
    <nav aria-label="Service" className="no-scrollbar max-w-full overflow-x-auto">
      <ul className="inline-flex gap-0.5 rounded-md border bg-sunken p-0.5">
        {serviceAccountTypes.map((type) => (
          <li key={type}>
            <Link
              href={`/settings/service-accounts/new?type=${type}`}
              replace
              scroll={false}
              aria-current={type === current ? "true" : undefined}
              className="flex h-6.5 items-center rounded-sm px-2.5 text-xs font-medium whitespace-nowrap text-muted hover:text-fg aria-current:bg-surface aria-current:text-fg aria-current:shadow-control dark:aria-current:bg-hover"
            >
              {type}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
