import type { EngineLines, LineSeen } from "@/lib/features/cookie-lab/model.ts";
import { Card } from "../../_ui/card.tsx";

/** The lines with which another engine did otherwise than computed, as they were recorded. */
export function FirefoxCard({
  recorded: { browser, playedAt, tried, differences },
}: {
  readonly recorded: EngineLines;
}) {
  const title = `Where ${browser.split(" ")[0]} differs`;
  return (
    <Card title={title} label={title} note={`${browser}, ${playedAt.slice(0, 10)}`}>
      <p className="text-13 text-dim">
        {tried} lines were tried in it. With {differences.length === 0 ? "none" : `${differences.length}`} of them it
        did otherwise than computed.
      </p>
      <ul className="mt-2 grid gap-2">
        {differences.map(({ line, byScript, computed, observed }) => (
          <li key={`${line} ${byScript}`} className="text-13">
            <code className="code block rounded-lg bg-sunk px-2.5 py-1.5 wrap-anywhere">
              {line.replaceAll("\t", "\\t")}
            </code>
            <span className="text-dim">
              {byScript ? "set by a script: " : ""}computed: {inWords(computed)}; observed:{" "}
              <b className="font-semibold text-ink">{inWords(observed)}</b>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function inWords({ travels, scripts }: LineSeen): string {
  if (travels) return scripts ? "sent, and read by the page’s scripts" : "sent, and not read by the page’s scripts";
  return scripts ? "not sent, but read by the page’s scripts" : "not there";
}
