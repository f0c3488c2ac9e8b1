import type { IncomingMessage } from "node:http";
import { peerAddressHeader } from "../../http/request/client.ts";
import { forwardedAddress, inUsualForm } from "../../http/request/forwarded-address.ts";

export type PeerOptions = {
  readonly trustProxy: boolean;
  /** Called once, if a trusted proxy sends something that is no address. */
  readonly told?: (sentence: string) => void;
};

/**
 * The client's address of a request: the socket's peer (ASVS 4.1.3). Behind a trusted proxy: the one it names, or the
 * proxy's own address where it says none, since without an address nothing would be limited.
 */
export function createPeerAddress({
  trustProxy,
  told = console.error,
}: PeerOptions): (request: IncomingMessage) => string {
  if (!trustProxy) return addressOf;
  let isTold = false;
  return (request) => {
    const header = [request.headers[peerAddressHeader] ?? []].flat().join(",");
    const address = forwardedAddress(header);
    if (address === null && header !== "" && !isTold) {
      isTold = true;
      told(notAnAddress);
    }
    return address ?? addressOf(request);
  };
}

const notAnAddress =
  "TRUST_PROXY is on, and X-Forwarded-For ends with something that is no address. The proxy's own address counts instead, for everybody behind it.";

function addressOf(request: IncomingMessage): string {
  return inUsualForm(request.socket.remoteAddress ?? "");
}
