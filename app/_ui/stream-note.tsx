const words = {
  connecting: "connecting",
  live: "live",
  lost: "connection lost, trying again",
} as const;

/** Whether the list receives events from the server now. */
export function StreamNote({ state }: { state: keyof typeof words }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span
        aria-hidden="true"
        className={`size-1.75 rounded-full ${state === "live" ? "bg-accepted" : "border-[1.5px] border-warn pulses"}`}
      />
      {words[state]}
    </span>
  );
}
