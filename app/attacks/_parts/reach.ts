import type { AttackOrigins } from "@/lib/features/attacks/hosts/model.ts";

/**
 * Whether an attack can be played: at the host that the page is open at, at the victim's, or not from this browser,
 * since the hosts do not lead to this server.
 */
export type Reach = "here" | "elsewhere" | "nowhere";

/** Whether this browser can play. `attackers`: the host of the attacker's that it needs, if it does. `host`: where the page is open. */
export function reachOf(origins: AttackOrigins, attackers: "sibling" | "attacker" | null, host: string): Reach {
  const { victim } = origins;
  if (attackers !== null && origins[attackers] === null) return "nowhere";
  if (host === new URL(victim).host) return "here";
  return leadsHere(victim, host) ? "elsewhere" : "nowhere";
}

/** Names at localhost lead a browser to its own machine, which may be another than this server's. */
export function leadsHere(origin: string | null, host: string): boolean {
  if (origin === null) return false;
  const own = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : "";
  return !isLocal(new URL(origin).hostname) || isLocal(own);
}

function isLocal(name: string): boolean {
  return name === "localhost" || name.endsWith(".localhost") || name.startsWith("127.") || name === "[::1]";
}
