import { type Holding, holdingName } from "../../core/credential.ts";
import type { FlowModule } from "../../core/flow.ts";
import type { Grant } from "../../core/login.ts";
import type { AnsweredCall } from "../../http/application.ts";
import type { Issued } from "./copies-of-lab.ts";

/** The credentials that this login handed to a browser. */
export function issuedBy(
  { flowRequest, variant: id, handed }: AnsweredCall,
  { manifest }: FlowModule,
): readonly Issued[] {
  const variant = manifest.variants.find((each) => each.id === id);
  if (!variant || !handed) return [];
  return variant.holds.flatMap((holding) => {
    const value = valueIn(holding, flowRequest, handed.grant);
    const { credential } = holding;
    const name = holdingName(holding);
    return value === undefined ? [] : [{ flow: manifest.id, variant: variant.id, credential, name, value }];
  });
}

function valueIn(holding: Holding, { cookies }: AnsweredCall["flowRequest"], grant: Grant): string | undefined {
  if (holding.travels === "cookie") return cookies.get(holding.cookie)?.value;
  return (holding.credential === "access" ? grant.accessToken : grant.refreshToken)?.value;
}

/** The credentials of this flow that its client holds after the answer: those that slid or were renewed among them. */
export function heldAfter({ flowRequest, flow, handed }: AnsweredCall, { manifest }: FlowModule): readonly string[] {
  const inCookies = manifest.cookies.flatMap(({ name }) => flowRequest.cookies.get(name)?.value ?? []);
  if (flow !== manifest.id || !handed) return inCookies;
  const { accessToken, refreshToken } = handed.grant;
  return [...inCookies, ...[accessToken, refreshToken].flatMap((token) => token?.value ?? [])];
}
