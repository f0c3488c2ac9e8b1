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

/** For a page that hides the header at room size, and so needs a way back of its own. */
export function changeSize(): void {
  const root = document.documentElement;
  const room = root.getAttribute("data-size") === "room";
  if (room) root.removeAttribute("data-size");
  else root.setAttribute("data-size", "room");
  remember(sizeKey, room ? "desk" : "room");
}

const look = "flex min-h-8 w-full items-center gap-2 rounded-control px-2 py-1 text-left font-medium hover:bg-sunk";

/**
 * Lines of a menu. Both words are in the markup. The style sheet shows one, because it knows theme and size before any
 * script.
 */
export function LookSwitches() {
  return (
    <>
      <button type="button" className={look} onClick={changeSize} title="Larger type, for the back of a room">
        <Projector className="size-4 text-dim" aria-hidden />
        <span className="when-desk">Room size</span>
        <span className="when-room">Desk size</span>
      </button>
      <button type="button" className={look} onClick={changeTheme} title="Light or dark">
        <span className="when-light inline-flex items-center gap-2">
          <Moon className="size-4 text-dim" aria-hidden /> Dark
        </span>
        <span className="when-dark inline-flex items-center gap-2">
          <Sun className="size-4 text-dim" aria-hidden /> Light
        </span>
      </button>
    </>
  );
}
