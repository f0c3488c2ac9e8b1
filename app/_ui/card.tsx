import type { ReactNode } from "react";
import type { FlowId } from "@/lib/core/ids.ts";

type CardFrameProps = {
  /** The name of the region. Without it the card is not a region of its own. */
  readonly label?: string | undefined;
  /** The flow whose colour marks the upper edge. */
  readonly flow?: FlowId | undefined;
  /** `none`: for content that reaches the edge. */
  readonly padding?: "none" | "tight" | "normal";
  readonly id?: string;
  readonly className?: string;
  readonly children: ReactNode;
};

const paddings = { none: "overflow-clip", tight: "px-3 py-2.5", normal: "px-4 pt-3.5 pb-4" };

/** The frame of a card. */
export function CardFrame({ label, flow, padding = "normal", id, className = "", children }: CardFrameProps) {
  return (
    <section
      id={id}
      aria-label={label}
      data-flow={flow}
      className={`card min-w-0 ${flow ? "border-t-[3px] border-t-flow" : ""} ${paddings[padding]} ${className}`}
    >
      {children}
    </section>
  );
}

type CardProps = {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly children: ReactNode;
  readonly label?: string;
  readonly className?: string;
};

/** A card with a title and an optional note. */
export function Card({ title, note, children, label, className = "" }: CardProps) {
  return (
    <CardFrame label={label} className={className}>
      <div className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h2 className="text-card font-semibold tracking-[-0.01em]">{title}</h2>
        {note !== undefined && <div className="ml-auto text-xs text-dim">{note}</div>}
      </div>
      {children}
    </CardFrame>
  );
}
