import Bowser from "bowser";
import { LRUCache } from "lru-cache";

/** Parsing a User-Agent costs more than most of what a request does, and few differ. */
const parsed = new LRUCache<string, string>({ max: 500 });

/**
 * A short name by which a person recognises their own device: `Chrome on Linux`, `Safari on iOS, tablet`. It has the
 * browser, the system and the form factor, if it is no desktop, and no version: a login can be bound to it, and
 * an update changes nothing in it. From the User-Agent, so a hint and no proof.
 */
export function deviceOf(userAgent: string): string {
  if (!userAgent) return "unknown client";
  const known = parsed.get(userAgent);
  if (known !== undefined) return known;
  const device = nameOf(userAgent);
  parsed.set(userAgent, device);
  return device;
}

function nameOf(userAgent: string): string {
  const { browser, os, platform } = Bowser.parse(userAgent);
  if (!browser.name) return userAgent.split("/")[0]?.slice(0, 40) || "unknown client";
  const name = os.name ? `${browser.name} on ${os.name}` : browser.name;
  const form = formFactors.get(platform.type ?? "");
  return form === undefined ? name : `${name}, ${form}`;
}

const formFactors: ReadonlyMap<string, string> = new Map([
  ["mobile", "phone"],
  ["tablet", "tablet"],
  ["tv", "television"],
]);
