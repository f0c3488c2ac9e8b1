import type { Client } from "../../core/request.ts";

/** Header in which the server's socket layer passes the peer's address on. A value that a client sends is replaced. */
export const peerAddressHeader = "x-forwarded-for";

/**
 * The apparent sender: a hint for lists and logs, never proof. Each proxy appends the address it saw, so the last one
 * is from our own proxy; earlier ones are the client's own text (ASVS 4.1.3).
 */
export function clientOf(request: Request, deviceOf: (userAgent: string) => string): Client {
  const userAgent = request.headers.get("user-agent") ?? "";
  const ip = request.headers.get(peerAddressHeader)?.split(",").at(-1)?.trim() ?? "";
  return clientFrom({ ip, userAgent }, deviceOf);
}

/**
 * `Loginscope-Network: other` on a request, in lab mode: it comes from another address, as from a phone that changed
 * networks. The address is one for documentation (RFC 5737).
 */
const networkHeader = "loginscope-network";
const otherAddress = "198.51.100.7";

export function atNetwork(client: Client, request: Request): Client {
  return request.headers.get(networkHeader) === "other" ? { ...client, ip: otherAddress } : client;
}

/** A client as records and events have it: texts of bounded length, and the name of the device. */
export function clientFrom(
  { ip, userAgent }: Pick<Client, "ip" | "userAgent">,
  deviceOf: (userAgent: string) => string,
): Client {
  const bounded = userAgent.slice(0, 400);
  return { ip: ip.slice(0, 45) || "unknown", userAgent: bounded, device: deviceOf(bounded) };
}
