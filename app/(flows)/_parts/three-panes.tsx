"use client";

import Eye from "lucide-react/icons/eye";
import EyeOff from "lucide-react/icons/eye-off";
import { Suspense, useState } from "react";
import { isSameCookie } from "@/lib/lab/cookies/cookie-prefix.ts";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import type { CookieChoice } from "@/lib/lab/lab-settings.ts";
import type { CredentialView, HeldView, VariantView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { endMoments } from "../../_browser/life/record-life.ts";
import { CredentialChip } from "../../_credential/credential-chip.tsx";
import { CredentialWarnings } from "../../_credential/decoded-credential.tsx";
import { FoundWords, TokenPlaceSentence } from "../../_credential/token-place.tsx";
import { ScriptAccess, useScriptsCanRead } from "../../_credential/visible-cookies.tsx";
import { CookieAttributes, DeclaredAttributes } from "../../_exchanges/cookie-attributes.tsx";
import { RequestLines, ResponseLines } from "../../_exchanges/http-lines.tsx";
import { exchangeKey } from "../../_exchanges/person-requests.ts";
import { declaredAttributes, type SentCookie } from "../../_exchanges/set-cookie.ts";
import { isFlowCookie, isOver } from "../../_panes/browser-pane.tsx";
import { ServerPane } from "../../_panes/server-pane.tsx";
import { CardFrame } from "../../_ui/card.tsx";
import { IconButton } from "../../_ui/controls/button.tsx";
import { Disclosure } from "../../_ui/controls/disclosure.tsx";
import { type LabTime, LabTimeProvider, useLastReached } from "../../_ui/lab-time.tsx";
import { onUse } from "../../_ui/on-use.ts";
import { EmptyNote, Pane } from "../../_ui/pane.tsx";
import { answeredAt, type Then } from "./as-it-was.ts";
import { ScriptView } from "./script-view.tsx";

// On demand: most visitors look at now.
const BrowserThenPane = onUse(() => import("./panes-then.tsx").then((part) => part.BrowserThenPane));
const ServerThenPane = onUse(() => import("./panes-then.tsx").then((part) => part.ServerThenPane));

type ThreePanesProps = {
  readonly flow: FlowInfo;
  readonly held: HeldView;
  readonly variant: VariantView | undefined;
  /** The exchange that the wire shows. */
  readonly exchange: Exchange | undefined;
  /** The Set-Cookie lines of the cookies that this browser holds, as far as the page saw them. */
  readonly sent: readonly SentCookie[];
  /** How this lab has the flow send its cookies. */
  readonly choice: CookieChoice;
  /** An older exchange is shown, with what was held then. `null`: what is held now. */
  readonly then: Then | null;
  /** The stream of exchanges is live, so the page has seen all exchanges that the server keeps. */
  readonly watching: boolean;
};

/**
 * The three panes of one flow: browser, wire, server. Each shows what matters, and the rest on demand. On a wide page all
 * three have the same height with any content, so that what stands below keeps its place.
 */
export function ThreePanes({ then, ...now }: ThreePanesProps) {
  const { flow, variant, exchange } = now;
  const pane = "px-3.5 pt-3 pb-3 @5xl:h-60 @5xl:overflow-y-auto";
  return (
    <CardFrame
      label={`Browser, wire, server${then ? ", as it was" : ""}`}
      padding="none"
      className={`@container ${then ? "border-dashed border-edge" : ""}`}
    >
      <h2 className="sr-only">Browser, wire, server</h2>
      <div className="grid grid-cols-[minmax(0,1fr)] divide-y divide-line @2xl:grid-cols-[1fr_1.5fr_1fr] @2xl:divide-x @2xl:divide-y-0">
        {then ? (
          <Suspense fallback={<div className={pane} />}>
            <BrowserThenPane then={then} className={pane} />
          </Suspense>
        ) : (
          <BrowserNow {...now} className={pane} />
        )}
        <WireLines exchange={exchange} own={flow.cookies.map(({ name }) => name)} className={pane} />
        {then ? (
          <LabTimeProvider time={stoppedAt(answeredAt(then.exchange))}>
            <Suspense fallback={<div className={pane} />}>
              <ServerThenPane
                key={exchangeKey(then.exchange)}
                then={then}
                flow={flow}
                variant={variant}
                className={pane}
              />
            </Suspense>
          </LabTimeProvider>
        ) : (
          <ServerPane flow={flow} held={now.held} variant={variant} others={4} full className={pane} />
        )}
      </div>
    </CardFrame>
  );
}

/** Every remaining time is counted from this moment on. */
function stoppedAt(moment: number): LabTime {
  const read = () => moment;
  return { subscribe: () => () => undefined, read, readFirst: read };
}

function BrowserNow({ flow, held, className, ...stored }: Omit<ThreePanesProps, "then"> & { className: string }) {
  return (
    <Pane title="Browser" className={className}>
      {held.credentials.length === 0 && <EmptyNote>This browser holds no credential of this flow.</EmptyNote>}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {held.credentials.map((credential) => (
          <HeldCredential key={credential.name} flow={flow} held={held} credential={credential} {...stored} />
        ))}
      </div>
      <ScriptView changed={held.credentials.map(({ value }) => value).join(" ")} />
    </Pane>
  );
}

type HeldProps = Pick<ThreePanesProps, "flow" | "held" | "sent" | "choice" | "watching"> & {
  readonly credential: CredentialView;
};

function HeldCredential({ flow, held, credential, ...stored }: HeldProps) {
  const now = useLastReached(endMoments(held.records ?? []));
  const inCookie = isFlowCookie(flow, credential);
  const cookie = stored.sent.find((one) => isSameCookie(one.name, credential.name));
  return (
    <div>
      <CredentialChip credential={credential} over={isOver(flow, held, credential, now)} />
      <CredentialWarnings warnings={credential.warnings} />
      <Disclosure
        summary={
          inCookie ? (
            <span>
              cookie jar, <ScriptAccess cookie={credential.name} sent={cookie} />
            </span>
          ) : (
            <FoundWords token={credential} />
          )
        }
      >
        <p className="text-13 text-dim">
          {inCookie ? <CookieSentence credential={credential} /> : <TokenPlaceSentence token={credential} />}
        </p>
        {inCookie && <StoredWith flow={flow} name={credential.name} {...stored} />}
      </Disclosure>
    </div>
  );
}

type StoredProps = Pick<ThreePanesProps, "flow" | "sent" | "choice" | "watching"> & { readonly name: string };

/** The attributes as they were sent. Only the developer tools show how the browser stored an HttpOnly cookie. */
function StoredWith({ flow, name, sent, choice, watching }: StoredProps) {
  const cookie = sent.find((one) => isSameCookie(one.name, name) && !one.deletes);
  if (!cookie && !watching) return null;
  return (
    <div className="mt-1.5">
      {cookie ? (
        <CookieAttributes cookie={cookie} />
      ) : (
        <DeclaredAttributes name={name} attributes={declaredAttributes(flow, name, choice)} />
      )}
    </div>
  );
}

function CookieSentence({ credential }: { credential: CredentialView }) {
  const readable = useScriptsCanRead(credential.name);
  return (
    <>
      In the cookie jar. The browser sends it automatically.{" "}
      {readable === false && "No script of this page can read it: document.cookie does not list it."}
      {readable === true && (
        <span className="text-warn">Any script of this page can read it: document.cookie lists it.</span>
      )}
    </>
  );
}

type WireLinesProps = {
  readonly exchange: Exchange | undefined;
  readonly own: readonly string[];
  readonly className: string;
};

function WireLines({ exchange, own, className }: WireLinesProps) {
  const [reveal, setReveal] = useState(false);
  const note = exchange && (
    <span className="-my-1 flex items-center gap-1">
      {exchange.device}
      <IconButton label={reveal ? "Mask credentials" : "Reveal credentials"} onPress={() => setReveal(!reveal)}>
        {reveal ? <EyeOff className="size-3.5" aria-hidden /> : <Eye className="size-3.5" aria-hidden />}
      </IconButton>
    </span>
  );
  return (
    <Pane title="Wire" note={note} className={className}>
      {exchange ? (
        <div className="grid gap-2">
          <RequestLines exchange={exchange} reveal={reveal} own={own} brief />
          <div className="border-t border-line pt-2">
            <ResponseLines exchange={exchange} reveal={reveal} own={own} brief />
          </div>
        </div>
      ) : (
        <EmptyNote>No request seen yet.</EmptyNote>
      )}
    </Pane>
  );
}
