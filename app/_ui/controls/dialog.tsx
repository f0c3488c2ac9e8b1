"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";
import type { FlowId } from "@/lib/core/ids.ts";

type DialogProps = {
  readonly title: ReactNode;
  /** Content beside the title. */
  readonly beside?: ReactNode;
  /** `proof`: as wide as what it shows needs, up to the window. */
  readonly size?: "small" | "list" | "wide" | "proof";
  readonly flow?: FlowId;
  /** Called after it was closed by `close`, Escape or its button. Remove it from the page only then. */
  readonly onClose: () => void;
  readonly children: (close: () => void) => ReactNode;
};

/**
 * The platform's modal dialog, open while it is rendered. Focus
 * stays inside, Escape closes it, and focus returns to the button.
 */
export function Dialog({ title, beside, size = "small", flow, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={`sheet sheet-${size}`} aria-labelledby={id} onClose={onClose} data-flow={flow}>
      <div className="mb-1 flex flex-wrap items-baseline gap-x-2.5">
        <h2 id={id} className="text-15 font-semibold">
          {title}
        </h2>
        {beside}
      </div>
      {children(() => dialog.current?.close())}
    </dialog>
  );
}
