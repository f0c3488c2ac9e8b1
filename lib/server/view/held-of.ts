import type { Application } from "../../http/application.ts";
import type { Foundation } from "../foundation.ts";
import { heldRecords } from "./held-records.ts";

/** The records of one flow, as `GET /api/lab` shows them; `undefined`: a store does not answer. */
export function createHeldOf(foundation: Foundation): Application["heldOf"] {
  return async (context, flow) => {
    const module = foundation.flows.find(({ manifest }) => manifest.id === flow);
    if (!module) return null;
    const names = new Map((await context.people.list()).map(({ id, username }) => [id, username]));
    const { records, unanswered } = await heldRecords(foundation, context, module, names);
    return unanswered.length > 0 ? undefined : records;
  };
}
