import type { Lab } from "../_browser/lab-provider.tsx";
import { changedWhileAway } from "../_browser/life/back-news.ts";
import { useBackNews } from "../_browser/life/use-back-news.ts";

/** The server answers again, and what changed meanwhile. Of a new lab another notice tells. */
export function BackNotice({ lab }: { readonly lab: Lab }) {
  const news = useBackNews(lab);
  const changed = news && changedWhileAway(lab.flows, news.before, news.now);
  return (
    changed && (
      <p role="status" className="text-13 text-dim">
        The server answers again.{" "}
        {changed.length > 0 ? `Since then: ${changed.join("; ")}.` : "Nothing here has changed."}
      </p>
    )
  );
}
