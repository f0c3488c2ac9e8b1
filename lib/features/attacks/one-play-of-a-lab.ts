import type { Answer, Call } from "../../http/operation.ts";

/** Of all labs of a process. A play sends some hundreds of requests. */
const playsAtOnce = 8;

/** A lab plays one of these at a time, and a process eight. `title`: what is played, to begin a sentence with. */
export function onePlayOfALab(title: string) {
  // Bounded: by `playsAtOnce`; an entry goes with its play.
  const playing = new Set<string>();
  return async ({ context }: Pick<Call, "context">, run: () => Promise<Answer>): Promise<Answer> => {
    if (!context) return { ok: false, code: "NOT_FOUND" };
    const { id } = context.lab;
    if (playing.has(id) || playing.size >= playsAtOnce) {
      const where = playing.has(id) ? "in this lab" : "in as many labs as can be at a time";
      const detail = `${title} is being played ${where}. Ask again in a moment.`;
      return { ok: false, code: "TOO_MANY_REQUESTS", detail, headers: { "retry-after": "5" } };
    }
    playing.add(id);
    try {
      return await run();
    } finally {
      playing.delete(id);
    }
  };
}
