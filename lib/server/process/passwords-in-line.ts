import { AsyncLocalStorage } from "node:async_hooks";
import { availableParallelism } from "node:os";
import type { Passwords } from "../../adapters/argon2-passwords.ts";
import { Overloaded } from "../../core/refusal.ts";
import { second } from "../../core/time.ts";
import { inTime } from "../../stores/in-time.ts";
import { type Asking, createFairLine } from "./fair-line.ts";

/** So many can wait: at about 35 ms each the last one is answered within two or three seconds. */
const places = 64;

/** The threads of libuv, on which argon2id runs, and beside it each read of a file and each signature of Web Crypto. */
const usualThreads = 4;

/** A hash takes about 35 ms, and a second on a machine in trouble. One that takes longer is not waited for. */
const longest = 10 * second;

export type PasswordsInLine = Omit<Passwords, "mayRenew"> & {
  /** The hashes that `work` asks for wait in the line of `asking`. Outside of it they are the process's own. */
  askedBy<T>(asking: Asking, work: () => Promise<T>): Promise<T>;
  /** So many passwords were not hashed, because too many waited. */
  overloaded(): number;
};

type LineOptions = {
  readonly stopping: AbortSignal;
  readonly atOnce?: number;
  /** Told of a hash that did not come back. */
  readonly report: (error: unknown) => void;
};

/**
 * Hashes one password at a time or few of them, so that other requests keep a processor: four at once made `me` wait ten
 * times as long (docs/decisions/0095-password-hashes-wait.md). There is one of it in a process. A hash that does not
 * come back gives its place to the next one, and its caller is refused as one that cannot wait, by `Overloaded`.
 */
export function passwordsInLine(
  hashing: Passwords,
  { stopping, atOnce = hashesAtOnce(), report }: LineOptions,
): PasswordsInLine {
  const line = createFairLine({ atOnce, places, stopping });
  // Who asks is known at the edge, and the hash is asked for behind the flow's port: no flow passes it on.
  const asking = new AsyncLocalStorage<Asking>();
  const inTurn = <T>(work: () => Promise<T>, who: Asking | null = asking.getStore() ?? null) =>
    line.inTurn(who, () => inTime(work(), longest, lost));

  function lost(): Error {
    report(new Error(`A password was not hashed within ${longest} ms`));
    return new Overloaded();
  }

  return {
    hash: (password) => inTurn(() => hashing.hash(password)),
    verify: (hash, password) => inTurn(() => hashing.verify(hash, password)),
    async renew(hash, password) {
      if (!hashing.mayRenew(hash, password)) return null;
      // The password was right, so this login is not refused any more. Its hash is renewed at the next one.
      return inTurn(() => hashing.renew(hash, password), null).catch(unlessOverloaded);
    },
    askedBy: (who, work) => asking.run(who, work),
    overloaded: line.refused,
  };
}

/** One processor stays for other requests where there are two or more, and one of libuv's threads in any case. */
function hashesAtOnce(): number {
  const threads = Number(process.env["UV_THREADPOOL_SIZE"]) || usualThreads;
  return Math.max(1, Math.min(availableParallelism(), threads) - 1);
}

function unlessOverloaded(error: unknown): null {
  if (error instanceof Overloaded) return null;
  throw error;
}
