import ArrowLeft from "lucide-react/icons/arrow-left";
import ArrowRight from "lucide-react/icons/arrow-right";
import type { MouseEvent } from "react";
import { changeSize } from "../../_ui/look-switches.tsx";
import { addressOf, type MatrixLink } from "./matrix-link.ts";

type MatrixTitleProps = {
  readonly link: MatrixLink;
  /** The number of variants. */
  readonly count: number;
  readonly onView: (view: MatrixLink["view"]) => void;
};

/** The title, the question, and the way to the other view. */
export function MatrixTitle({ link, count, onView }: MatrixTitleProps) {
  const other = link.view === "class" ? "all" : "class";
  const change = (event: MouseEvent) => {
    // A new tab or window is the browser's.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onView(other);
  };
  return (
    <header className="matrix-title">
      <h1>Who still gets in?</h1>
      <p>
        A thief has a copy. Then one thing happens. <br />
        How long does the copy still get in?
      </p>
      <div className="matrix-ways">
        <span className="when-room">
          <button type="button" onClick={changeSize}>
            Desk size
          </button>
        </span>
        <a href={addressOf({ ...link, view: other, flow: null, variant: null, experiment: null })} onClick={change}>
          {other === "all" ? (
            <>
              All {count} variants <ArrowRight className="size-[1em]" aria-hidden />
            </>
          ) : (
            <>
              <ArrowLeft className="size-[1em]" aria-hidden /> The four defaults
            </>
          )}
        </a>
      </div>
    </header>
  );
}
