import { availableParallelism, cpus } from "node:os";
import type { MachineClass } from "../../lib/features/bench/model.ts";

/** What says how fast a machine is, and not whose it is. */
export function machineClass(): MachineClass {
  return { cpu: cpus()[0]?.model.trim() ?? "unknown", cores: availableParallelism(), node: process.version };
}

/** Ratios of these two can be compared: same processor, as many cores, same major version of Node.js. */
export function isSameClass(one: MachineClass, other: MachineClass): boolean {
  const major = ({ node }: MachineClass) => node.split(".")[0];
  return one.cpu === other.cpu && one.cores === other.cores && major(one) === major(other);
}
