import type { AttackOrigins } from "@/lib/features/attacks/hosts/model.ts";
import { Button } from "../../_ui/controls/button.tsx";
import type { Reach } from "./reach.ts";

type PlayButtonProps = {
  readonly origins: AttackOrigins;
  readonly reach: Reach;
  /** The page that it is on. */
  readonly path: string;
  readonly isPlaying: boolean;
  readonly hasLive: boolean;
  readonly onPlay: () => void;
};

/** Elsewhere than at the victim's host the browser has another jar, so it leads there. */
export function PlayButton({ origins, reach, path, isPlaying, hasLive, onPlay }: PlayButtonProps) {
  if (reach === "nowhere") {
    return (
      <p className="max-w-80 text-13 text-dim">
        From this browser the attacker’s hosts do not lead to this server. Set{" "}
        <code className="font-mono">VICTIM_ORIGIN</code>, <code className="font-mono">SIBLING_ORIGIN</code> and{" "}
        <code className="font-mono">ATTACKER_ORIGIN</code> to names that do.
      </p>
    );
  }
  if (reach === "elsewhere") {
    return (
      <a
        href={`${origins.victim}${path}`}
        className="inline-flex min-h-control items-center rounded-control border border-ink bg-ink px-3 text-sm font-semibold text-panel hover:opacity-88"
        title="The browser keeps another lab there"
      >
        Play at {new URL(origins.victim).host}
      </a>
    );
  }
  return (
    <Button kind="primary" size="normal" busy={isPlaying} onPress={onPlay}>
      {hasLive ? "Play again" : "Play"}
    </Button>
  );
}
