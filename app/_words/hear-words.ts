/** A pointer that passes over a word opens nothing, and one on its way to the card closes nothing (WCAG 1.4.13). */
const delays = { open: 250, close: 300 } as const;

/**
 * Calls `show` with the word whose card is to be shown, and with `null` when it is to close. `last` was heard before.
 * Answers how to stop.
 */
export function hearWords(show: (word: HTMLElement | null) => void, last: Event | undefined): () => void {
  let shown: HTMLElement | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const turnTo = (word: HTMLElement | null, after = 0) => {
    clearTimeout(timer);
    const turn = () => {
      shown = word;
      show(word);
    };
    if (after === 0) turn();
    else if (word !== shown) timer = setTimeout(turn, after);
  };

  const on = {
    pointerover({ target, pointerType }: PointerEvent) {
      if (pointerType !== "mouse") return;
      const word = wordAt(target);
      if (word) turnTo(word, delays.open);
      else if (isInCard(target)) clearTimeout(timer);
      // A word that has the focus keeps its card.
      else turnTo(document.activeElement === shown ? shown : null, delays.close);
    },
    focusin({ target }: FocusEvent) {
      const word = wordAt(target);
      if (word?.matches(":focus-visible")) turnTo(word);
      else if (shown && word !== shown && !isInCard(target)) turnTo(null);
    },
    click({ target }: MouseEvent) {
      const word = wordAt(target);
      if (word) turnTo(word);
    },
    pointerdown({ target }: PointerEvent) {
      if (shown && !wordAt(target) && !isInCard(target)) turnTo(null);
    },
    keydown(event: KeyboardEvent) {
      if (event.key !== "Escape") return;
      clearTimeout(timer);
      if (!shown) return;
      // This Escape is for the card, and not for a dialog around the word.
      event.preventDefault();
      event.stopPropagation();
      if (isInCard(event.target)) shown.focus();
      turnTo(null);
    },
  };

  const entries = Object.entries(on) as [keyof typeof on, EventListener][];
  for (const [name, handler] of entries) document.addEventListener(name, handler, true);
  // The word may have been left while this was loading.
  const begun = wordAt(last?.target ?? null);
  if (begun?.matches(":hover, :focus")) turnTo(begun);
  return () => {
    clearTimeout(timer);
    for (const [name, handler] of entries) document.removeEventListener(name, handler, true);
  };
}

function wordAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-word]") : null;
}

function isInCard(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[data-word-card]") !== null;
}
