import type { RefreshFamilies } from "../../../../core/ports.ts";
import { createMemoryRefreshFamilies } from "../../../../stores/memory/memory-refresh-families.ts";

export function openFamilies(): RefreshFamilies {
  return createMemoryRefreshFamilies();
}
