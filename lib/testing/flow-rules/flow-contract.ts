import { describe } from "vitest";
import type { FlowModule } from "../../core/flow.ts";
import { partOf } from "../flow-part.ts";
import { actingRules } from "./acting-rules.ts";
import { cookieRules } from "./cookie-rules.ts";
import { crashRules } from "./crash-rules.ts";
import { dataRules } from "./data-rules.ts";
import { endingRules } from "./ending-rules.ts";
import { lifetimeRules } from "./lifetime-rules.ts";
import { loginRules } from "./login-rules.ts";
import { successionRules } from "./succession-rules.ts";

/** What every flow must do in each of its variants, told from its manifest: a new variant is held to it at once. */
export function holdToFlowContract(module: FlowModule): void {
  for (const { id } of module.manifest.variants) {
    describe(id, () => {
      const part = partOf(module, id);
      describe("logging in", () => loginRules(part));
      describe("lifetimes", () => lifetimeRules(part));
      if (part.keepsRecords) describe("one login, one successor", () => successionRules(part));
      if (part.keepsRecords) describe("ending or changing something", () => actingRules(part));
      describe("ending a login", () => endingRules(part));
      describe("a process that crashes", () => crashRules(part));
      if (!part.variant.cannot.data) describe("session data", () => dataRules(part));
      describe("cookies and events", () => cookieRules(part));
    });
  }
}
