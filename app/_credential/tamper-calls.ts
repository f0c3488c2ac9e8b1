import type { FlowManifest } from "@/lib/core/variant.ts";
import type { MadeForgery } from "@/lib/features/attacks/forgery/model.ts";
import type { TryView } from "@/lib/lab/lab-view.ts";
import { type Answer, ask } from "../_browser/api.ts";

/** The server's answer to a value. A `view` of `null`: there is none, and `problem` says why. */
export type Tampered = { readonly value: string; readonly view: TryView | null; readonly problem: string | null };

/**
 * Sends an edited credential. A bearer token is sent in its header as a real request. A script cannot set an HttpOnly
 * cookie, so a cookie's value is sent to an endpoint where the same flow checks it.
 */
export async function sendTampered(
  flow: Pick<FlowManifest, "id">,
  value: string,
  as: "bearer" | "cookie" | "refresh",
): Promise<Tampered> {
  // The check comes first: pages draw the latest exchange, and that shall be the real request where there is one.
  const answer = await tryCredential(flow.id, value, as === "refresh" ? "refresh" : "access");
  const real = as === "bearer" && isHeaderText(value) ? await ask(`/api/${flow.id}/me`, { bearer: value }) : null;
  if (!answer.ok) return { value, view: null, problem: `${answer.code}: ${answer.detail}` };
  const { body: view } = answer;
  // The real answer counts. If the two differ, the page says so.
  if (real && real.ok !== view.accepted) {
    return { value, view: null, problem: `GET me answered ${real.status}, which differs from the check.` };
  }
  return { value, view, problem: null };
}

/** What an attacker would make of this credential: the cases of the one table that are about it. `null`: no answer came. */
export async function forgeriesOf(
  flow: Pick<FlowManifest, "id">,
  credential: string,
  as: "access" | "refresh",
): Promise<readonly MadeForgery[] | null> {
  const body = { flow: flow.id, credential, as };
  const answer = await ask<{ readonly made: readonly MadeForgery[] }>("/api/lab/forgery/made", {
    method: "POST",
    body,
  });
  return answer.ok ? answer.body.made : null;
}

function tryCredential(flow: string, credential: string, as: "access" | "refresh"): Promise<Answer<TryView>> {
  return ask("/api/lab/try", { method: "POST", body: { flow, credential, as } });
}

/** The characters that a header may contain (RFC 9110 §5.5). */
function isHeaderText(value: string): boolean {
  return /^[\x21-\x7e]+$/.test(value);
}
