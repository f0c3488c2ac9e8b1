import { type FocusEvent, type KeyboardEvent, type MouseEvent, type PointerEvent, useRef, useState } from "react";
import { nextStop, type Stop } from "./grid-keys.ts";

/** One cell of a grid that can be selected, by the id of its stop. */
type GridOptions = {
  readonly selected: string;
  readonly isCell: (id: string) => boolean;
  readonly onSelect: (id: string) => void;
  readonly onOpen: (id: string) => void;
};

/**
 * The keys and the one tab stop of a grid (WAI-ARIA Authoring Practices, grid pattern). Elements with `data-stop` are
 * its stops. A cell is selected when it gets the focus; Enter, a double click or a click on the selected cell opens it.
 */
export function useGrid({ selected, isCell, onSelect, onOpen }: GridOptions) {
  // The tab stop is the selected cell, or the button or link of a header that has the focus.
  const [header, setHeader] = useState<string | null>(null);
  const pressed = useRef<string | null>(null);
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const id = stopOf(event.target);
    if (id === undefined) return;
    setHeader(isCell(id) ? null : id);
    if (isCell(id) && id !== selected) onSelect(id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const id = stopOf(event.target);
    if (id === undefined || event.altKey || event.metaKey || event.shiftKey) return;
    const next = nextStop(stopsIn(event.currentTarget), id, event);
    if (!next) return;
    event.preventDefault();
    focusStop(next.id);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    pressed.current = stopOf(event.target) === selected ? selected : null;
  };
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const id = stopOf(event.target);
    if (id === undefined || !isCell(id)) return;
    const byKey = event.detail === 0;
    if (byKey || event.detail > 1 || pressed.current === id) onOpen(id);
    // Safari gives no focus to a button that is clicked.
    else focusStop(id);
  };
  return { stop: header ?? selected, grid: { role: "grid", onFocus, onKeyDown, onPointerDown, onClick } as const };
}

/** Gives the focus to a stop, if it is drawn. */
function focusStop(id: string): void {
  stopElement(id)?.focus();
}

function stopElement(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-stop="${CSS.escape(id)}"]`);
}

/** How long a table that is drawn in pieces may take, in milliseconds. */
const drawnWithin = 5000;

/**
 * The same for an element that may not be drawn yet, or is drawn anew: it gets the focus as soon as it is there, as long
 * as nothing else has it.
 */
export function focusStopOnceDrawn(id: string): void {
  focusStop(id);
  const observer = new MutationObserver(() => {
    if (document.activeElement === document.body) focusStop(id);
  });
  observer.observe(document.body, { childList: true, subtree: true });
  const end = () => observer.disconnect();
  setTimeout(end, drawnWithin);
  // What is chosen meanwhile by key or pointer keeps the focus.
  for (const act of ["keydown", "pointerdown"]) addEventListener(act, end, { once: true });
}

function stopOf(target: EventTarget): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>("[data-stop]")?.dataset["stop"] : undefined;
}

/** The stops that can be seen, by row. */
function stopsIn(grid: Element): readonly (readonly Stop[])[] {
  return [...grid.querySelectorAll("tr")]
    .map((row) =>
      [...row.querySelectorAll<HTMLElement>("[data-stop]")]
        .filter((stop) => stop.checkVisibility())
        .map(({ dataset }) => ({ id: dataset["stop"] ?? "", column: Number(dataset["column"]) })),
    )
    .filter((stops) => stops.length > 0);
}
