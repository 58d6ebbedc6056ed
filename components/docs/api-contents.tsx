import type { ApiGroup } from "@/components/docs/api-groups";

/** The table of contents beside the reference; on a narrow window the page is its own. */
export function ApiContents({ groups }: { groups: readonly ApiGroup[] }) {
  return (
    <nav
      aria-label="Contents"
      className="sticky top-6 hidden max-h-[calc(100dvh-3rem)] gap-4 overflow-y-auto lg:grid"
    >
      {groups.map((group) => (
        <div key={group.name} className="grid gap-1">
          <p className="text-xs font-medium text-subtle">{group.name}</p>
          <ul className="grid gap-0.5 text-sm">
            {group.operations.map((operation) => (
              <li key={operation.id}>
                <a href={`#${operation.id}`} className="block rounded-sm py-0.5 text-muted hover:text-fg">
                  {operation.summary}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
