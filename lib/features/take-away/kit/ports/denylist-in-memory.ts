import type { Denylist } from "../../../../core/ports.ts";
import { createMemoryDenylist } from "../../../../stores/memory/memory-denylist.ts";

export function openDenylist(): Denylist {
  return createMemoryDenylist();
}
