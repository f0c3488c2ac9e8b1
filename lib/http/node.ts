import type { LabContext } from "./application.ts";

/**
 * `Loginscope-Node: other` on a request, in lab mode: it is answered as a second node of the same application would
 * answer it, with the same code and the same database, and with a memory of its own. The answer says so by the same header.
 */
export const nodeHeader = "loginscope-node";

/** The lab as the addressed node sees it. */
export function atNode(
  context: LabContext,
  request: Request,
  labMode: boolean,
): { context: LabContext; node: "other" | null } {
  const other = labMode && request.headers.get(nodeHeader) === "other";
  return other ? { context: context.atOtherNode(), node: "other" } : { context, node: null };
}
