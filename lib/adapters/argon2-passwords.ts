import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(argon2);

/** The cost of a hash: KiB of memory, and the number of passes. */
type Cost = { readonly memory: number; readonly passes: number };

/** OWASP's first choice: argon2id, 19 MiB, 2 passes, 1 lane. About 35 ms, off the main thread. */
const owasp: Cost = { memory: 19_456, passes: 2 };

/**
 * The highest cost that a stored hash may ask for. A hash brings its own parameters: one written into the database by
 * an attacker could otherwise stop the server with a few logins.
 */
const most = { memory: 131_072, passes: 10, parallelism: 8, tagLength: 64 } as const;

export type Passwords = {
  hash(password: string): Promise<string>;
  /** `null` for a person who does not exist: does the same work and answers false (ASVS 6.3.8). */
  verify(hash: string | null, password: string): Promise<boolean>;
  /**
   * A new hash of a password that was just verified, if the stored one is cheaper than today's cost or of another
   * spelling; else `null`.
   */
  renew(hash: string, password: string): Promise<string | null>;
  /** Can `renew` have anything to do? Told without a hash. */
  mayRenew(hash: string, password: string): boolean;
};

type Stored = {
  readonly cost: {
    readonly memory: number;
    readonly passes: number;
    readonly parallelism: number;
    readonly tagLength: number;
  };
  readonly salt: Buffer;
  readonly tag: Buffer;
};

/**
 * Passwords as PHC strings: `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. Verified exactly as typed (ASVS 6.2.8, 11.4.2): each
 * character counts, however a keyboard puts it together (docs/decisions/0042-passwords-in-nfc.md).
 * `cost`: of the hashes made from now on.
 */
export function createArgon2Passwords({ memory, passes }: Cost = owasp): Passwords {
  const cost = { memory, passes, parallelism: 1, tagLength: 32 } as const;

  async function hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    const tag = await tagOf(composed(password), { cost, salt });
    const parameters = `m=${cost.memory},t=${cost.passes},p=${cost.parallelism}`;
    return `$argon2id$v=19$${parameters}$${unpadded(salt)}$${unpadded(tag)}`;
  }

  function isCheap(stored: Stored["cost"]): boolean {
    return stored.memory < cost.memory || stored.passes < cost.passes || stored.tagLength < cost.tagLength;
  }

  // For unknown names: compared with a hash of a random password, made once, so that the answer takes as long.
  const hashOfUnknown = hash(randomBytes(32).toString("base64url"));

  return {
    hash,
    async verify(stored, password) {
      const known = parsed(stored ?? (await hashOfUnknown));
      // The composed form, or the text as typed, of which earlier hashes are. An unknown person costs the same work.
      const same =
        (await opens(composed(password), known)) || (!isComposed(password) && (await opens(password, known)));
      return same && stored !== null;
    },
    async renew(stored, password) {
      const known = parsed(stored);
      const isDated = isCheap(known.cost) || (!isComposed(password) && !(await opens(composed(password), known)));
      return isDated ? hash(password) : null;
    },
    mayRenew: (stored, password) => isCheap(parsed(stored).cost) || !isComposed(password),
  };
}

const phc = /^\$argon2id\$v=19\$m=(\d{1,10}),t=(\d{1,10}),p=(\d{1,10})\$([\w+/]{11,86})\$([\w+/]{22,86})$/;

/** Throws if the text is no hash that this application could have made. */
function parsed(stored: string): Stored {
  const [, memory, passes, parallelism, salt = "", tag = ""] = phc.exec(stored) ?? [];
  const bytes = Buffer.from(tag, "base64");
  const asked = {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: bytes.byteLength,
  };
  // RFC 9106 §3.1: at least 8 KiB a lane. A part that did not match is NaN, which fails each comparison.
  const isGiven =
    asked.memory >= 8 * asked.parallelism &&
    asked.passes >= 1 &&
    asked.parallelism >= 1 &&
    asked.memory <= most.memory &&
    asked.passes <= most.passes &&
    asked.parallelism <= most.parallelism &&
    asked.tagLength <= most.tagLength;
  if (!isGiven) throw new Error("A stored password hash is not a PHC string of argon2id within bounds");
  return { cost: asked, salt: Buffer.from(salt, "base64"), tag: bytes };
}

/** RFC 8265 §4.2.2: NFC, under which é is one text, whether it came as one character or as two. */
function composed(password: string): string {
  return password.normalize("NFC");
}

function isComposed(password: string): boolean {
  return composed(password) === password;
}

async function opens(password: string, { tag, ...made }: Stored): Promise<boolean> {
  return timingSafeEqual(await tagOf(password, made), tag);
}

function tagOf(password: string, { cost: asked, salt }: Omit<Stored, "tag">): Promise<Buffer> {
  return derive("argon2id", { message: Buffer.from(password, "utf8"), nonce: salt, ...asked });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}
