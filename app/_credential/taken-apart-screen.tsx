"use client";

import { Suspense, useState, useSyncExternalStore } from "react";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import type { CredentialView, HeldView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { useLab } from "../_browser/lab-provider.tsx";
import { exchangesSince } from "../_exchanges/person-requests.ts";
import { isFlowCookie } from "../_panes/browser-pane.tsx";
import { onUse } from "../_ui/on-use.ts";
import { forgeriesOf, sendTampered } from "./tamper-calls.ts";

/** Loaded when there is a login: it stands below the first screen and is shown only then. */
const TakenApart = onUse(() => import("./taken-apart.tsx").then((part) => part.TakenApart));

function Waiting() {
  return <div className="card min-h-96" aria-busy="true" />;
}

const never = () => () => undefined;

const ways = {
  bearer:
    "POST /api/lab/try says at which step it stops. Then it is sent as Authorization: Bearer with GET me, a real request.",
  cookie:
    "A script cannot put an HttpOnly or __Host- cookie back into the jar. So POST /api/lab/try gives the value to the same flow, which only checks it.",
};

/** The credential of this flow in its parts. An edited one is sent to the real flow. */
export function TakenApartScreen({
  flow,
  held,
  credential,
}: {
  flow: FlowInfo;
  held: HeldView;
  credential: CredentialView;
}) {
  const { exchanges } = useLab();
  /** What the page had seen when a credential was sent. */
  const [seen, setSeen] = useState<readonly Exchange[] | null>(null);
  const inCookie = isFlowCookie(flow, credential);
  const refreshes = flow.presents === "bearer" && inCookie;
  // The server leaves it out: it is below the first screen, and large.
  const isOnServer = useSyncExternalStore(
    never,
    () => false,
    () => true,
  );
  if (isOnServer) return <Waiting />;
  return (
    <Suspense fallback={<Waiting />}>
      <TakenApart
        credential={credential}
        login={refreshes ? null : held.login}
        way={ways[inCookie ? "cookie" : "bearer"]}
        onForge={(value) => forgeriesOf(flow, value, refreshes ? "refresh" : "access")}
        onSend={(value) => {
          setSeen(exchanges);
          return sendTampered(flow, value, inCookie ? (refreshes ? "refresh" : "cookie") : "bearer");
        }}
        made={
          seen
            ? exchangesSince(seen, exchanges).findLast(({ request }) => request.path === addressOf(flow, inCookie))
            : undefined
        }
        own={flow.cookies.map(({ name }) => name)}
      />
    </Suspense>
  );
}

/** The real request: a bearer token is sent in its header, and the value of a cookie in a body. */
function addressOf({ id }: FlowInfo, inCookie: boolean): string {
  return inCookie ? "/api/lab/try" : `/api/${id}/me`;
}
