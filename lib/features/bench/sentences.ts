import type { VariantId } from "../../core/ids.ts";
import type { Figure, JudgedSentence, Recording } from "./model.ts";

/**
 * What the field says of sessions and tokens, judged by a recording. In place for times, because they are of the check
 * by itself; over HTTP for throughput.
 */
export function judgeSentences(recording: Recording): readonly JudgedSentence[] {
  return [
    verifyingAToken(recording),
    lookingUpASession(recording),
    sessionsInSql(recording),
    fasterThanTokens(recording),
  ];
}

type Judged = Omit<JudgedSentence, "sentence">;

const signed: readonly VariantId[] = ["memory-jwt/hs256", "memory-jwt/rotating", "memory-jwt/es256"];
const lookedUp: readonly VariantId[] = ["server-session/sql", "server-session/redis", "server-session/file"];
const notMeasured: Judged = { verdict: "not measured", measured: "–" };

/** Cold: the signature is really checked, and not remembered. */
function verifyingAToken(recording: Recording): JudgedSentence {
  const times = tookIn(recording, signed, "cold");
  const judged: Judged = times
    ? {
        verdict: times.high < 1000 ? "confirmed" : times.low >= 1000 ? "refuted" : "limited",
        measured: `${milliseconds(times)}, the whole request, first time seen`,
      }
    : notMeasured;
  return { sentence: "Verifying a JWT takes under 1 ms", ...judged };
}

function lookingUpASession(recording: Recording): JudgedSentence {
  const times = tookIn(recording, lookedUp, "hot");
  const judged: Judged = times
    ? {
        verdict: times.low >= 1000 && times.high <= 5000 ? "confirmed" : isOutside(times) ? "refuted" : "limited",
        measured: `${milliseconds(times)}, the whole request: SQL, Redis, file`,
      }
    : notMeasured;
  return { sentence: "A session look-up takes 1 to 5 ms", ...judged };
}

const isOutside = ({ low, high }: Range) => high < 1000 || low > 5000;

/** A process whose framework alone does not answer so many is no judge of it. */
function sessionsInSql({ bare, rows }: Recording): JudgedSentence {
  const sentence = "A session in SQL is a bottleneck at a thousand requests a second";
  const own = overHttpOf(rows, "server-session/sql")?.perSecond;
  if (!(bare && own)) return { sentence, ...notMeasured };
  const measured = `${whole(own.median)} a second by one process; the bare route ${whole(bare.perSecond.median)}`;
  if (own.low >= 1000) return { sentence, verdict: "refuted", measured };
  if (bare.perSecond.low >= 1000 && own.high < 1000) return { sentence, verdict: "confirmed", measured };
  return { sentence, verdict: "undecided", measured };
}

/** Both save encoding and trips to a store. A session in the memory of the process has neither. */
function fasterThanTokens({ rows }: Recording): JudgedSentence {
  const sentence = "Batching or MessagePack makes sessions faster than JWT";
  const session = overHttpOf(rows, "server-session/memory")?.share;
  const token = overHttpOf(rows, "memory-jwt/rotating")?.share;
  if (!(session && token)) return { sentence, ...notMeasured };
  const measured = `with no trip and no encoding at all, a session has ${session.median.toFixed(2)} of bare; JWT ${token.median.toFixed(2)}`;
  if (session.high < token.low) return { sentence, verdict: "refuted", measured };
  return { sentence, verdict: session.low > token.high ? "limited" : "undecided", measured };
}

type Range = { readonly low: number; readonly high: number };

/** From the fastest to the slowest of them, by their medians. `null`: one is missing. */
function tookIn({ rows }: Recording, of: readonly VariantId[], action: "hot" | "cold"): Range | null {
  const medians = of.flatMap((variant) => {
    const row = rows.find((each) => each.variant === variant && each.condition === "usual");
    return row?.inPlace[action]?.took.median ?? [];
  });
  return medians.length === of.length ? { low: Math.min(...medians), high: Math.max(...medians) } : null;
}

function overHttpOf(rows: Recording["rows"], variant: VariantId): { share: Figure; perSecond: Figure } | null {
  return rows.find((each) => each.variant === variant && each.condition === "usual")?.overHttp ?? null;
}

const whole = (value: number) => Math.round(value).toLocaleString("en");
const milliseconds = ({ low, high }: Range) => `${(low / 1000).toFixed(2)} to ${(high / 1000).toFixed(2)} ms`;
