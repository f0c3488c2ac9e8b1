"use client";

import { Suspense, useEffect, useState } from "react";
import { onUse } from "../_ui/on-use.ts";
import { isPaletteKey } from "./palette-key.ts";

// On demand: it knows all words and requirements.
const Palette = onUse(() => import("./palette.tsx").then((part) => part.Palette));

/** Opens the palette by its keys, and by the button of the lab's menu. `heard`: before it was loaded. */
export function PaletteKeys({ heard }: { readonly heard: readonly Event[] }) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isPaletteKey(event)) return;
      // Browsers have a meaning of their own for Ctrl K.
      event.preventDefault();
      setOpen(true);
    };
    const click = ({ target }: Event) => {
      if (target instanceof Element && target.closest("[data-palette]")) setOpen(true);
    };
    document.addEventListener("keydown", press);
    document.addEventListener("click", click);
    for (const event of heard) {
      if (event instanceof KeyboardEvent) press(event);
      else if (event.type === "click") click(event);
    }
    return () => {
      document.removeEventListener("keydown", press);
      document.removeEventListener("click", click);
    };
  }, [heard]);
  return (
    isOpen && (
      <Suspense>
        <Palette onClose={() => setOpen(false)} />
      </Suspense>
    )
  );
}
