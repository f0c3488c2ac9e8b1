import type { PlainHttpPlace } from "./vanishing-cards.tsx";

type Served = { readonly PORT: number; readonly origin: string; readonly labMode: boolean };

/**
 * This page at an address that browsers do not trust without https, or why there is none. `address`: of this machine in
 * its network.
 */
export function plainHttpPlace({ PORT, origin, labMode }: Served, address: string | null): PlainHttpPlace {
  // An address inside is no place to send a visitor from the network outside.
  if (!labMode) return { why: "This application tells no address of its machine outside lab mode." };
  if (origin.startsWith("https:")) return { why: "This application is served over https, where it does not happen." };
  return address === null
    ? { why: "This machine has no network address to play it at." }
    : { href: `http://${address}:${PORT}/vanished` };
}
