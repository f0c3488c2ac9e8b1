import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(argon2);

/** OWASP's first choice: argon2id, 19 MiB, 2 passes, 1 lane. About 35 ms, off the main thread. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;

export type Passwords = {
  hash(password: string): Promise<string>;
  /** `null` for a person who does not exist: does the same work and answers false. */
  verify(hash: string | null, password: string): Promise<boolean>;
};

/** Passwords as PHC strings: `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. Verified exactly as typed (ASVS 6.2.8). */
export function createArgon2Passwords(): Passwords {
  async function hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    const tag = await tagOf(password, salt);
    const parameters = `m=${cost.memory},t=${cost.passes},p=${cost.parallelism}`;
    return `$argon2id$v=19$${parameters}$${unpadded(salt)}$${unpadded(tag)}`;
  }

  // Something to compare with when there is nobody: made once, of a password that nobody has.
  const nobody = hash(randomBytes(32).toString("base64url"));

  return {
    hash,
    async verify(stored, password) {
      const [salt, tag] = (stored ?? (await nobody))
        .split("$")
        .slice(4)
        .map((part) => Buffer.from(part, "base64"));
      if (!salt || !tag) throw new Error("A stored password hash is not a PHC string of argon2id");
      const same = timingSafeEqual(await tagOf(password, salt), tag);
      return same && stored !== null;
    },
  };
}

function tagOf(password: string, salt: Buffer): Promise<Buffer> {
  return derive("argon2id", { message: Buffer.from(password, "utf8"), nonce: salt, ...cost });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
