import type { Client } from "../../core/request.ts";

/** Header in which the server's socket layer passes the peer's address on. A value that a client sends is replaced. */
export const peerAddressHeader = "x-forwarded-for";

/**
 * Who seems to send this: hints for lists and logs, never proof. Each proxy adds the address it saw at the
 * end, so the last one is our own proxy's word; what stands before it is the client's (ASVS 4.1.3).
 */
export function clientOf(request: Request, deviceOf: (userAgent: string) => string): Client {
  const userAgent = (request.headers.get("user-agent") ?? "").slice(0, 400);
  const ip = request.headers.get(peerAddressHeader)?.split(",").at(-1)?.trim() ?? "";
  return { ip: ip.slice(0, 45) || "unknown", userAgent, device: deviceOf(userAgent) };
}
