import { type CsrfVerdict, type PlayedCsrf, verdictOfAnswer } from "@/lib/features/attacks/csrf/model.ts";

/** The verdict of a defence on a case. That of the flow itself is what its own edge answered. `null`: it was not played. */
export function verdictOf(
  defence: string,
  verdicts: Readonly<Record<string, CsrfVerdict>>,
  played: PlayedCsrf | null,
): CsrfVerdict | null {
  if (!played) return null;
  if (defence !== "edge") return verdicts[defence] ?? null;
  if (played.frame)
    return played.frame.closed ? { outcome: "succeeds", code: null } : { outcome: "stopped", code: null };
  return verdictOfAnswer(played.edge);
}
