import { isIPv6 } from "node:net";

/**
 * The key that a limit counts by: an IPv4 address, or the first 64 bits of an IPv6 address. The owner of one IPv6
 * address has a network of 2^64 (RFC 6177, RFC 7421), so a limit on single addresses would be useless. An IPv4-mapped
 * address (RFC 4291 §2.5.5.2) is the IPv4 address. Any other text counts as itself.
 */
export function networkOf(address: string): string {
  const [bare = ""] = address.split("%");
  if (!isIPv6(bare)) return address;
  const groups = groupsOf(bare);
  const [g0, g1, g2, g3, ...low] = groups;
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped)
    return low
      .slice(2)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join(".");
  return `${[g0, g1, g2, g3].map((group) => (group ?? 0).toString(16)).join(":")}::/64`;
}

/** The eight numbers of an address. A URL spells it in the one way that RFC 5952 has: without a dotted end. */
function groupsOf(address: string): readonly number[] {
  const spelt = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [before = [], after = []] = spelt.split("::").map((half) => half.split(":").filter(Boolean));
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16));
}
