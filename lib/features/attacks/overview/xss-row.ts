import type { FlowManifest } from "../../../core/variant.ts";
import type { PlayedRun } from "../xss/model.ts";
import { recordedPlay } from "../xss/recorded-play.ts";
import type { AttackCell, AttackRow } from "./model.ts";

/** An injected script at each flow's default variant, as it was recorded in a browser. */
export function xssRow(manifests: readonly FlowManifest[]): AttackRow {
  return {
    id: "xss",
    group: "Takes or plants a credential",
    title: "Injected script",
    words: "A comment that runs in the page (XSS).",
    href: "/attacks/xss",
    stops: "output encoding; the rest only takes less",
    cells: Object.fromEntries(
      manifests.map(({ id, defaults }) => [
        id,
        {
          // Where a cookie is the credential, without HttpOnly.
          without: cellOf(runOf(`whole ${defaults.lab} readable`) ?? runOf(`whole ${defaults.lab}`)),
          with: cellOf(runOf(`encoding ${defaults.lab}`)),
        },
      ]),
    ),
  };
}

function runOf(id: string): PlayedRun | undefined {
  return recordedPlay.runs.find((run) => run.id === id);
}

/** A credential that was copied, and used elsewhere; or only a request through alice's browser. */
function cellOf(run: PlayedRun | undefined): AttackCell {
  if (!run?.tried) return { outcome: "cannot", words: "alice does not get in" };
  if (run.replays.some(({ after, status }) => after === "open" && status === 200)) {
    const isToken = run.loot.some(({ way }) => way === "wraps");
    return { outcome: "succeeds", words: isToken ? "the token is copied" : "the cookie is copied" };
  }
  if (run.acts.some(({ status }) => status === 200)) return { outcome: "succeeds", words: "a coin is gone" };
  return { outcome: "stopped", words: "the script is text" };
}
