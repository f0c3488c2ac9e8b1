import type { AuthFlow } from "../core/flow.ts";
import type { FlowDeps } from "../core/ports.ts";
import type { Variant } from "../core/variant.ts";
import { addressOf, variantOf } from "../http/request/address.ts";
import { sessionIdCookie } from "../lab/cookies/session-id.ts";

/**
 * Wrong on purpose, and around the flow, so that no flow has it: in a lab with `adoptSentId` a login keeps the session
 * id that came in (session fixation, WSTG-SESS-03). `ports` mint that id, `flow` wraps the flow that is made of them.
 */
export type SentIds = { readonly ports: FlowDeps; flow(made: AuthFlow): AuthFlow };

/** Only an id of this lab and variant can be kept: any other one would lead to no record of the new login. */
export function keepingSentIds(ports: FlowDeps, { variant, labId }: { variant: Variant; labId: string }): SentIds {
  const name = sessionIdCookie(variant);
  const { secrets } = ports;
  /** The id that came with the login that is under way. */
  let sent: string | null = null;

  function isOurs(id: string): boolean {
    const address = addressOf(id);
    const [flow = ""] = variant.id.split("/");
    const isHere = address?.labId === labId && variantOf(flow, address) === variant.id;
    return isHere && secrets.isGenuine?.(id) !== false;
  }

  return {
    ports: { ...ports, secrets: { ...secrets, mint: () => sent ?? secrets.mint() } },
    flow: (made) => ({
      ...made,
      async login(request, credentials, options) {
        const id = name === null ? undefined : request.cookies.get(name)?.value;
        const isKept = name !== null && id !== undefined && isOurs(id) && request.cookies.fits(name, id);
        sent = isKept ? id : null;
        try {
          return await made.login(request, credentials, options);
        } finally {
          sent = null;
        }
      },
    }),
  };
}
