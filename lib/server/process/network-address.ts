import { networkInterfaces } from "node:os";

/** An IPv4 address under which other machines of the network reach this one; `null`: there is none. */
export function networkAddress(): string | null {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? null;
}
