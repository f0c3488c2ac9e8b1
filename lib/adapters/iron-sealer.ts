import { sealData, unsealData } from "iron-session";
import type { CookieJar, CookieSpec } from "../core/flow.ts";
import type { Sealer } from "../core/ports.ts";
import { ok, refuse } from "../core/result.ts";

/** Name and value together; browsers drop a longer cookie without a word (RFC 6265bis §5.7). */
const maxCookieBytes = 4096;

/** One seal and nothing behind it: iron ignores what follows its version, so two strings could be one credential. */
const oneSeal = /^Fe26\.2\*[\w*-]+\*([\w-]+)~2$/;

export type IronSealerOptions = {
  /** `<lab>.<variant>`, in front of the seal: tells the server which keys to try, and is trusted for nothing else. */
  readonly address: string;
  /** By generation. The newest seals; all of them open. */
  readonly passwords: Readonly<Record<string, string>>;
};

/**
 * Seals state into a cookie with iron-session. Its own lifetime is switched off (`ttl: 0`): when a login
 * ends is decided by the flow, on the lab's clock, from what stands inside the seal.
 */
export function createIronSealer({ address, passwords }: IronSealerOptions): Sealer {
  const iron = { password: { ...passwords }, ttl: 0 };

  return {
    async open<T extends object>(jar: CookieJar, { name }: CookieSpec) {
      const value = jar.get(name)?.value;
      if (!value) return refuse("NO_CREDENTIAL");
      const seal = value.startsWith(`${address}.`) ? value.slice(address.length + 1) : "";
      if (!isOneSpelling(seal)) return refuse("INVALID_CREDENTIAL");
      let opened = true;
      const state = await unsealData<T>(seal, {
        ...iron,
        // A seal that does not open reads as an empty state; only this tells the two apart.
        onUnsealError: () => {
          opened = false;
        },
      });
      return opened ? ok(state) : refuse("INVALID_CREDENTIAL");
    },

    async seal(jar, { name, ...attributes }, state) {
      const value = `${address}.${await sealData(state, iron)}`;
      if (Buffer.byteLength(name + value) > maxCookieBytes) return refuse("PAYLOAD_TOO_LARGE");
      jar.set(name, value, attributes);
      return ok(null);
    },
  };
}

/** The MAC covers the text of everything but itself, and base64url has spare bits at its end: ours has one spelling. */
function isOneSpelling(seal: string): boolean {
  const mac = oneSeal.exec(seal)?.[1];
  return mac !== undefined && Buffer.from(mac, "base64url").toString("base64url") === mac;
}
