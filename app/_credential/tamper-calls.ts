import type { FlowManifest } from "@/lib/core/variant.ts";
import type { TryView } from "@/lib/lab/lab-view.ts";
import { type Answer, ask } from "../_browser/api.ts";

/** What the server said to a value; `view` is `null` where it said nothing about it, and `problem` why. */
export type Tampered = { readonly value: string; readonly view: TryView | null; readonly problem: string | null };

/**
 * Sends a credential that somebody edited. A bearer token really goes out in its header, and the answer counts; a cookie
 * cannot be put back by a script, so its value is handed to the same flow to look at.
 */
export async function sendTampered(
  flow: Pick<FlowManifest, "id">,
  value: string,
  as: "bearer" | "cookie" | "refresh",
): Promise<Tampered> {
  const real = as === "bearer" && isHeaderText(value) ? await ask(`/api/${flow.id}/me`, { bearer: value }) : null;
  const answer = await tryCredential(flow.id, value, as === "refresh" ? "refresh" : "access");
  if (!answer.ok) return { value, view: null, problem: `${answer.code}: ${answer.detail}` };
  const { body: view } = answer;
  // The real answer is the one that counts; should the two ever differ, the page says so.
  if (real && real.ok !== view.accepted) {
    return { value, view: null, problem: `GET me answered ${real.status}, which differs from the check.` };
  }
  return { value, view, problem: null };
}

function tryCredential(flow: string, credential: string, as: "access" | "refresh"): Promise<Answer<TryView>> {
  return ask("/api/lab/try", { method: "POST", body: { flow, credential, as } });
}

/** What a header can carry at all (RFC 9110 §5.5). */
function isHeaderText(value: string): boolean {
  return /^[\x21-\x7e]+$/.test(value);
}
