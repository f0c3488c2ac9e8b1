import type { FlowId } from "@/lib/core/ids.ts";

/** The icon of a flow, the same everywhere. Its colour comes from the `data-flow` around it. */
const drawings: Readonly<Record<FlowId, string>> = {
  cookie: "M8 1.8a6.2 6.2 0 1 0 6.2 6.2 3.1 3.1 0 0 1-3.1-3.1A3.1 3.1 0 0 1 8 1.8ZM5.7 6.3v.1M10 9.6v.1M6.3 10.2v.1",
  "server-session":
    "M3.2 2.5h9.6a1.2 1.2 0 0 1 1.2 1.2v2.1A1.2 1.2 0 0 1 12.8 7H3.2A1.2 1.2 0 0 1 2 5.8V3.7a1.2 1.2 0 0 1 1.2-1.2ZM3.2 9h9.6a1.2 1.2 0 0 1 1.2 1.2v2.1a1.2 1.2 0 0 1-1.2 1.2H3.2A1.2 1.2 0 0 1 2 12.3v-2.1A1.2 1.2 0 0 1 3.2 9ZM4.7 4.75h.1M4.7 11.25h.1",
  "memory-jwt":
    "M3.1 4.5h9.8a1.6 1.6 0 0 1 1.6 1.6v3.8a1.6 1.6 0 0 1-1.6 1.6H3.1a1.6 1.6 0 0 1-1.6-1.6V6.1A1.6 1.6 0 0 1 3.1 4.5ZM6 4.5v7M10.3 4.5v7",
  hybrid: "M6 3.7a4.3 4.3 0 1 0 0 8.6a4.3 4.3 0 0 0 0-8.6ZM10 3.7a4.3 4.3 0 1 0 0 8.6a4.3 4.3 0 0 0 0-8.6Z",
};

const unknown = "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Z";

export function FlowIcon({ flow, className = "size-4" }: { flow: FlowId; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      className={`${className} shrink-0 text-flow`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={drawings[flow] ?? unknown} />
    </svg>
  );
}
