import type { FlowId } from "@/lib/core/ids.ts";

/**
 * The order in which a browser's answers arrive decides which cookies it has. An answer that slides or renews a login
 * and arrives after the logout's would put the browser back in; a refused refresh that arrives after a login would
 * delete the new login's cookies. So requests with a flow's credential run beside each other, and those that begin or
 * end a login run alone: they wait for what is under way, in all tabs, and hold up what comes after them.
 */
type Mode = "shared" | "exclusive";

/** A part of Web Locks: held while `work` runs. Rejects if the signal is aborted before that. */
type Locks = {
  request(
    name: string,
    options: { readonly mode: Mode; readonly signal: AbortSignal },
    work: () => Promise<void>,
  ): Promise<void>;
};

/** Milliseconds that a request waits for its turn. Then it is sent anyway, so a hanging answer blocks no logout. */
const patience = 5000;

/** The last word of an address that begins or ends a login, and the first of one that goes by any flow's credential. */
const alone = new Set(["login", "logout", "revoke", "reauthenticate", "password"]);
const ofAnyFlow = new Set(["user-info", "account", "admin", "audit"]);

/** All flows. An account call can use the credential of any of them. */
let known: readonly FlowId[] = [];

export function learnFlows(flows: readonly { readonly id: FlowId }[]): void {
  known = flows.map(({ id }) => id);
}

/** Runs the request when it is its turn. */
export async function inTurn<T>(
  path: string,
  work: () => Promise<T>,
  { locks = locksOfBrowser(), milliseconds = patience, flows = known } = {},
): Promise<T> {
  const [, , first = "", ...rest] = path.split(/[/?]/);
  const concerned = ofAnyFlow.has(first) ? flows : flows.filter((flow) => flow === first);
  const mode: Mode = alone.has(rest.at(-1) ?? "") ? "exclusive" : "shared";
  const signal = AbortSignal.timeout(milliseconds);
  const locked = [...concerned]
    .sort()
    .reduceRight<() => Promise<T>>(
      (inner, flow) => () => once(inner, (run) => locks.request(`loginscope ${flow}`, { mode, signal }, run), signal),
      work,
    );
  return locked();
}

/** Without the lock if it was not granted in time. */
async function once<T>(
  work: () => Promise<T>,
  lock: (run: () => Promise<void>) => Promise<void>,
  signal: AbortSignal,
): Promise<T> {
  const turn: { answer: Promise<T> | null } = { answer: null };
  try {
    await lock(async () => {
      turn.answer = work();
      await turn.answer;
    });
  } catch (error) {
    if (turn.answer !== null || !signal.aborted) throw error;
  }
  return turn.answer ?? work();
}

/** Web Locks exist only in secure contexts. Elsewhere the turns are those of this page alone. */
function locksOfBrowser(): Locks {
  return navigator.locks ?? pageLocks;
}

type Waiting = { readonly mode: Mode; start(): void };
type Line = { holders: number; alone: boolean; readonly waiting: Waiting[] };

/** First come, first served, as Web Locks are. */
export function createPageLocks(): Locks {
  const lines = new Map<string, Line>();

  function advance(line: Line): void {
    for (;;) {
      const [next] = line.waiting;
      if (!next || line.alone || (next.mode === "exclusive" && line.holders > 0)) return;
      line.waiting.shift();
      line.holders += 1;
      line.alone = next.mode === "exclusive";
      next.start();
    }
  }

  return {
    async request(name, { mode, signal }, work) {
      const line = lines.get(name) ?? { holders: 0, alone: false, waiting: [] };
      lines.set(name, line);
      await new Promise<void>((resolve, reject) => {
        const waiting = { mode, start: resolve };
        const giveUp = () => {
          const at = line.waiting.indexOf(waiting);
          if (at < 0) return;
          line.waiting.splice(at, 1);
          reject(signal.reason);
          advance(line);
        };
        signal.addEventListener("abort", giveUp, { once: true });
        line.waiting.push(waiting);
        advance(line);
      });
      try {
        await work();
      } finally {
        line.holders -= 1;
        line.alone = false;
        advance(line);
      }
    },
  };
}

const pageLocks = createPageLocks();
