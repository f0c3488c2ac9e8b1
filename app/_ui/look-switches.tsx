"use client";

import Moon from "lucide-react/icons/moon";
import Projector from "lucide-react/icons/projector";
import Sun from "lucide-react/icons/sun";
import { sizeKey, themeKey } from "./look-script.ts";

function remember(key: string, value: string): void {
  try {
    // The page stores only its theme and size (ASVS 14.3.3).
    localStorage.setItem(key, value);
  } catch {
    // The browser blocks storage, so the choice is lost when the page is left.
  }
}

function changeTheme(): void {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const next = (root.getAttribute("data-theme") ?? system) === "dark" ? "light" : "dark";
  root.setAttribute("data-theme", next);
  remember(themeKey, next);
}

function changeSize(): void {
  const root = document.documentElement;
  const room = root.getAttribute("data-size") === "room";
  if (room) root.removeAttribute("data-size");
  else root.setAttribute("data-size", "room");
  remember(sizeKey, room ? "desk" : "room");
}

const look =
  "inline-flex min-h-6.5 items-center gap-1.5 rounded-full border border-strong bg-panel px-2.75 text-xs hover:border-edge";

/** Both words are in the markup. The style sheet shows one, because it knows theme and size before any script. */
export function LookSwitches() {
  return (
    <>
      <button type="button" className={look} onClick={changeSize} title="Larger type, for the back of a room">
        <Projector className="size-3.5" aria-hidden />
        <span className="when-desk">
          <span className="max-sm:sr-only">Room size</span>
        </span>
        <span className="when-room">
          <span className="max-sm:sr-only">Desk size</span>
        </span>
      </button>
      <button type="button" className={look} onClick={changeTheme} title="Light or dark">
        <span className="when-light inline-flex items-center gap-1.5">
          <Moon className="size-3.5" aria-hidden /> <span className="max-sm:sr-only">Dark</span>
        </span>
        <span className="when-dark inline-flex items-center gap-1.5">
          <Sun className="size-3.5" aria-hidden /> <span className="max-sm:sr-only">Light</span>
        </span>
      </button>
    </>
  );
}
