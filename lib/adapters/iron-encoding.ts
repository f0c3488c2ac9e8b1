import { sealData, unsealData } from "iron-session";
import { ok, refuse } from "../core/result.ts";
import type { CookieEncoding } from "./cookie-state.ts";

/** One seal, with no text after it: iron ignores what follows its version, so two strings could be one credential. */
const oneSeal = /^Fe26\.2(?:\*[\w-]*){2,}~2$/;

/**
 * Sealed with iron-session: a client can neither read nor change it (NIST 5.1.1 opaque, WSTG-SESS-01). Its own lifetime
 * is switched off (`ttl: 0`): the flow decides when a login ends, on the lab's clock, from the state inside.
 * Passwords are by generation: the newest seals, all of them open.
 */
export function createIronEncoding(passwords: Readonly<Record<string, string>>): CookieEncoding {
  const iron = { password: { ...passwords }, ttl: 0 };

  return {
    encode: (state) => sealData(state, iron),

    async decode(text) {
      if (!isOneSpelling(text)) return refuse("INVALID_CREDENTIAL", "spelling");
      let opened = true;
      const state: unknown = await unsealData(text, {
        ...iron,
        // iron-session answers an empty state for a seal that does not open; this tells it from a real empty state.
        onUnsealError: () => {
          opened = false;
        },
      });
      return opened ? ok(state) : refuse("INVALID_CREDENTIAL", "seal");
    },
  };
}

/** The MAC does not cover its own text, and base64url has spare bits at its end. Only our own spelling is accepted. */
function isOneSpelling(seal: string): boolean {
  const mac = seal.slice(seal.lastIndexOf("*") + 1, -"~2".length);
  return oneSeal.test(seal) && mac !== "" && Buffer.from(mac, "base64url").toString("base64url") === mac;
}
