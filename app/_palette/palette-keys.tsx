"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { isQuestionOn } from "./question-key.ts";

// On demand: it knows all words and requirements.
const Palette = dynamic(() => import("./palette.tsx").then((part) => part.Palette), { ssr: false });

/** Opens the palette by its keys, and by the button of the lab's menu. `heard`: before it was loaded. */
export function PaletteKeys({ heard }: { readonly heard: readonly Event[] }) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isAsked(event) || isBusy(event.target)) return;
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
  return isOpen && <Palette onClose={() => setOpen(false)} />;
}

function isAsked({ key, ctrlKey, metaKey, altKey, repeat }: KeyboardEvent): boolean {
  if (altKey || repeat) return false;
  if (key.toLowerCase() === "k") return ctrlKey !== metaKey;
  return key === "?" && !ctrlKey && !metaKey && isQuestionOn();
}

/** A key belongs to the field in which somebody types, and to a dialog that is open (WCAG 2.1.4). */
function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector("dialog[open]")) return true;
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
