import type { AttackersHost, AttackOrigins } from "@/lib/features/attacks/hosts/model.ts";

/** Whether an attack can be played: at the host that the page is open at, at the victim's, or not from this browser. */
export type Reach = "here" | "elsewhere" | "nowhere";

/** Whether this browser can play: names at localhost lead a browser to its own machine, which may be another one. */
export function reachOf(origins: AttackOrigins, attackers: AttackersHost, host: string): Reach {
  const { victim } = origins;
  if (origins[attackers] === null) return "nowhere";
  if (host === new URL(victim).host) return "here";
  const isLocal = (name: string) =>
    name === "localhost" || name.endsWith(".localhost") || name.startsWith("127.") || name === "[::1]";
  const own = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : "";
  return isLocal(new URL(victim).hostname) && !isLocal(own) ? "nowhere" : "elsewhere";
}
