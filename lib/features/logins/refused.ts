import type { FlowModule } from "../../core/flow.ts";
import type { AuthEvent } from "../../core/ports.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import type { Variant } from "../../core/variant.ts";
import { refused } from "../../http/answers.ts";
import type { TriedName } from "../../http/application.ts";
import { forgetRefused } from "../../http/forget-cookies.ts";
import { noteRefusal } from "../../http/note-refusal.ts";
import type { Answer, Call } from "../../http/operation.ts";
import { renewsByCookie } from "../../http/request/credential-of-request.ts";
import { labCookieOf } from "../../http/request/lab-cookie.ts";

/** The event of a refused login names the person, or a mark of a name that nobody has (ASVS 16.3.1, 16.2.5). */
export function loginRefused(code: RefusalCode, tried: TriedName): AuthEvent {
  const type = "login-refused";
  if ("userId" in tried) return { type, userId: tried.userId, detail: code };
  return { type, detail: `${code}, by a name that nobody has: ${tried.nobody}` };
}

/** Answers a refresh that is refused, writes it into the lab's events (ASVS 16.3.1), and deletes cookies that renew no more. */
export async function refusedRefresh(call: Call, module: FlowModule, code: RefusalCode, by?: Variant): Promise<Answer> {
  if (renewsByCookie(call, module)) forgetRefused(call.jar, module.manifest, code);
  if (isNoted(call, code)) await noteRefusal(call, { type: "refresh-refused", detail: code });
  return refused(module, code, by);
}

/**
 * Not where there was no credential, or where the flow itself has written down a reuse, with the person. A credential
 * that did not verify names its lab only: who knows that name must not write into somebody else's lab.
 */
function isNoted({ app, flowRequest }: Call, code: RefusalCode): boolean {
  if (code === "NO_CREDENTIAL" || code === "REUSE_DETECTED") return false;
  return code !== "INVALID_CREDENTIAL" || !app.labMode || labCookieOf(flowRequest.cookies) !== null;
}
