import { Button } from "../../_ui/controls/button.tsx";
import type { Reach } from "./reach.ts";

type PlayButtonProps = {
  readonly victim: string;
  /** The attack's page. */
  readonly path: string;
  readonly reach: Reach;
  /** Those that name the hosts of this attack. */
  readonly settings: readonly string[];
  readonly isPlaying: boolean;
  readonly hasLive: boolean;
  readonly onPlay: () => void;
};

/** Elsewhere than at the victim's host the browser has another jar, so it leads there. */
export function PlayButton({ victim, path, reach, settings, isPlaying, hasLive, onPlay }: PlayButtonProps) {
  if (reach === "nowhere") {
    return (
      <p className="max-w-80 text-13 text-dim">
        From this browser the hosts of this attack do not lead to this server. Set {settings.join(", ")} to names that
        do.
      </p>
    );
  }
  if (reach === "elsewhere") {
    return (
      <a
        href={`${victim}${path}`}
        className="inline-flex min-h-control items-center rounded-control border border-ink bg-ink px-3 text-sm font-semibold text-panel hover:opacity-88"
        title="The browser keeps another lab there"
      >
        Play at {new URL(victim).host}
      </a>
    );
  }
  return (
    <Button kind="primary" size="normal" busy={isPlaying} onPress={onPlay}>
      {hasLive ? "Play again" : "Play"}
    </Button>
  );
}
