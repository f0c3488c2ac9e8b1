/** A line of a menu. One listener of the page answers for it, and a dialog that opens closes the menu. */
export function PaletteButton() {
  return (
    <button
      type="button"
      data-palette=""
      className="flex min-h-8 w-full items-center gap-2 rounded-control px-2 py-1 text-left font-medium hover:bg-sunk"
    >
      Find and keys
      <kbd className="ml-auto font-mono text-xs font-normal text-dim">Ctrl K, ?</kbd>
    </button>
  );
}
