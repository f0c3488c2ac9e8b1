import type { Verdict } from "../../lab/experiment.ts";
import type { MatrixNews } from "../../lab/played-cells.ts";
import { play } from "../../lab/runner.ts";
import type { Part } from "../../lab/stage.ts";

/** The most cells at once: the password hashes of one are computed while another waits for its answers. */
const atOnce = 4;

/**
 * Plays cells, each in labs of its own, and tells of each as soon as it is there. Ends early once `signal` is aborted;
 * a cell that could not be judged is told of, and the others go on.
 */
export async function playMatrix(
  cells: readonly Part[],
  tell: (news: Extract<MatrixNews, { type: "failed" }> | { type: "verdict"; verdict: Verdict }) => void,
  signal: AbortSignal,
): Promise<void> {
  const waiting = [...cells];
  const playNext = async () => {
    for (let part = waiting.shift(); part && !signal.aborted; part = waiting.shift()) {
      const { experiment, variant } = part;
      try {
        tell({ type: "verdict", verdict: await play(part) });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        tell({ type: "failed", variant: variant.id, experiment: experiment.id, reason });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, playNext));
}
