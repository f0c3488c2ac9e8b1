import type { FlowDeps } from "../../../../core/ports.ts";

/** Ports that this variant does not ask for. Code that touches one after all is told its name. */
export function notAsked<Port extends keyof FlowDeps>(...ports: readonly Port[]): Pick<FlowDeps, Port> {
  const missing = ports.map((port) => {
    const touch = () => {
      throw new Error(`This wiring has no ${port}`);
    };
    return [port, new Proxy({}, { get: touch })];
  });
  return Object.fromEntries(missing) as Pick<FlowDeps, Port>;
}
