import Bowser from "bowser";

/**
 * A short name by which a person recognises their own device: `Chrome on Linux`. From the User-Agent, so a hint and no
 * proof.
 */
export function deviceOf(userAgent: string): string {
  if (!userAgent) return "unknown client";
  const { browser, os } = Bowser.parse(userAgent);
  if (!browser.name) return userAgent.split("/")[0]?.slice(0, 40) || "unknown client";
  return os.name ? `${browser.name} on ${os.name}` : browser.name;
}
