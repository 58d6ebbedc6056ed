import { cn } from "@/components/ui/class-names";

/** The post horn: a tube, one coil below it and the bell, raised. Brass, the only place that colour is used. */
export function HornMark({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0.5 24 22"
      fill="none"
      aria-hidden
      className={cn("size-6 shrink-0 text-brass", className)}
    >
      <g transform="rotate(-16 12 12)" stroke="currentColor" strokeWidth="2">
        <path d="M2.3 8.6H14" />
        <path d="M2 7v3.2" strokeLinecap="round" />
        <circle cx="9" cy="13.6" r="5" />
        <path
          d="M12.5 7.6c3.9 0 6.9-1.5 8.8-4.3.3-.5 1.1-.3 1.1.3v10c0 .6-.8.8-1.1.3-1.9-2.8-4.9-4.3-8.8-4.3z"
          fill="currentColor"
          stroke="none"
        />
      </g>
    </svg>
  );
}

/** Mark and name. */
export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2 text-md font-semibold tracking-tight", className)}>
      <HornMark />
      Posthorn
    </span>
  );
}
