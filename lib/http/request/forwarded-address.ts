import { isIP, isIPv4, isIPv6 } from "node:net";

/**
 * The address in the last entry of X-Forwarded-For, which the nearest proxy wrote: bare, with a port, in brackets or
 * quoted. The port is dropped, since each connection of a client has another one. `null`: the entry is no address.
 */
export function forwardedAddress(header: string): string | null {
  const entry = header.slice(header.lastIndexOf(",") + 1).trim();
  const isQuoted = entry.length > 1 && entry.startsWith('"') && entry.endsWith('"');
  const bare = isQuoted ? entry.slice(1, -1) : entry;
  if (isIP(bare)) return inUsualForm(bare);
  const isBracketed = bare.startsWith("[");
  const end = bare.indexOf(isBracketed ? "]" : ":");
  if (end < 0) return null;
  const host = bare.slice(isBracketed ? 1 : 0, end);
  const rest = bare.slice(isBracketed ? end + 1 : end);
  const isKnown = isBracketed ? isIPv6(host) : isIPv4(host);
  return isKnown && (isPort(rest) || (isBracketed && rest === "")) ? inUsualForm(host) : null;
}

/** A socket that listens for both gives an IPv4 peer in its IPv6 form; this is the usual form. */
export function inUsualForm(address: string): string {
  const mapped = address.slice("::ffff:".length);
  return address.toLowerCase().startsWith("::ffff:") && isIPv4(mapped) ? mapped : address;
}

function isPort(text: string): boolean {
  return /^:\d{1,5}$/.test(text);
}
