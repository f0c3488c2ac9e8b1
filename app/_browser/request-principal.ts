import type { Identity } from "@/lib/core/user.ts";
import type { LabView } from "@/lib/lab/lab-view.ts";
import { type FlowInfo, heldBy } from "./flow-info.ts";
import { isAccessToken } from "./tokens/held-tokens.ts";

/**
 * The person behind a request that belongs to no flow. An Authorization header decides alone, otherwise the cookies.
 */
export type RequestPrincipal = { readonly user: Identity; readonly withToken: boolean };

/** The people whom this browser's requests can act as now, and how. With cookies of two people the server refuses. */
function possiblePrincipals(view: LabView, flows: readonly FlowInfo[]): readonly RequestPrincipal[] {
  const users = (withToken: boolean) =>
    flows.flatMap((flow) => {
      const { login, credentials } = heldBy(view, flow);
      return login.accepted && credentials.some(isAccessToken) === withToken ? [login.user] : [];
    });
  const byToken = users(true).map((user) => ({ user, withToken: true }));
  const [first, ...rest] = users(false);
  const agreed = first !== undefined && rest.every((user) => user.id === first.id);
  return agreed ? [...byToken, { user: first, withToken: false }] : byToken;
}

/** The wanted person, if this browser can act as them, else the first possible one. */
export function principalFor(
  view: LabView,
  flows: readonly FlowInfo[],
  username: string | undefined,
): RequestPrincipal | undefined {
  const possible = possiblePrincipals(view, flows);
  return possible.find(({ user }) => user.username === username) ?? possible[0];
}

export function adminPrincipal(view: LabView, flows: readonly FlowInfo[]): RequestPrincipal | undefined {
  return possiblePrincipals(view, flows).find(({ user }) => user.role === "admin");
}
