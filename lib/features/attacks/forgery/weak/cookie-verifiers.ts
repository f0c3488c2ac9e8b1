import { createHmac } from "node:crypto";
import { cookieParts, stateIn } from "../cookie-parts.ts";
import { passwordOfExamples, unsealed } from "../sealed-text.ts";
import type { Configured, Weakness } from "./weakness.ts";

/** The signature that is due, in base64url. A key that is not there is an empty one. */
function dueFor(cookie: string, { keys }: Configured): string {
  const { address, keyId, payload } = cookieParts(cookie);
  const key: unknown = Reflect.get(keys.cookie, keyId);
  const secret = Buffer.isBuffer(key) ? key : "";
  return createHmac("sha256", secret).update(`${address}.${keyId}.${payload}`).digest("base64url");
}

function isState(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "user");
}

/** What JSON says, whoever wrote it; `undefined`: it is no JSON. */
function plainState(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const cookieWeaknesses = {
  "reads-unverified": {
    title: "A reader that unpacks a cookie and compares no signature",
    accepts: (cookie) => isState(stateIn(cookieParts(cookie).payload)),
  },
  "compares-what-came": {
    title: "A comparison that stops where the given signature stops",
    accepts: (cookie, configured) => dueFor(cookie, configured).startsWith(cookieParts(cookie).signature),
  },
  "missing-key-is-empty": {
    title: "A verifier for which a key that is not there is an empty one",
    accepts: (cookie, configured) => dueFor(cookie, configured) === cookieParts(cookie).signature,
  },
  "any-encoding": {
    title: "A reader that takes plain state where it finds plain state",
    accepts(cookie, { keys, form }) {
      const { rest } = cookieParts(cookie);
      if (form === "sealed-cookie") return isState(plainState(rest) ?? unsealed(rest, keys.seal));
      return isState(plainState(rest) ?? stateIn(cookieParts(cookie).payload));
    },
  },
  "password-of-an-example": {
    title: "An application that was deployed with the password of an example",
    accepts(cookie, { keys }) {
      const { rest } = cookieParts(cookie);
      const deployed = Object.fromEntries(Object.keys(keys.seal).map((id) => [id, passwordOfExamples]));
      return isState(unsealed(rest, keys.seal) ?? unsealed(rest, deployed));
    },
  },
  "ignores-what-follows": {
    title: "A reader that ignores what follows the version of a seal",
    accepts: (cookie, { keys }) => isState(unsealed(cookieParts(cookie).rest, keys.seal)),
  },
} as const satisfies Readonly<Record<string, Weakness>>;
