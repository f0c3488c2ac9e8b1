"use client";

import { useEffect, useEffectEvent } from "react";
import { isKeyTaken } from "../../_ui/taken-keys.ts";

type LessonKeys = {
  readonly goOn: () => void;
  readonly goBack: () => void;
  /** A digit was pressed, counted from 0. */
  readonly choose: (number: number) => void;
  readonly togglePanes: () => void;
};

/** The keys of a lesson: arrows step, digits choose, P shows the panes. */
export function useLessonKeys({ goOn, goBack, choose, togglePanes }: LessonKeys): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (isKeyTaken(event)) return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat) return;
    if (event.key === "ArrowRight") goOn();
    else if (event.key === "ArrowLeft") goBack();
    else if (event.key === "p") togglePanes();
    else if (/^[1-9]$/.test(event.key)) choose(Number(event.key) - 1);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
}
