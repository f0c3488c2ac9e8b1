import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import type { CookieChoice } from "@/lib/lab/lab-settings.ts";
import type { HeldView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { claimIn, dateOfClaim } from "../_credential/token-claims.tsx";
import { carriedBy } from "../_credential/token-place.tsx";
import { CookieAttributes, CookieSize, DeclaredAttributes } from "../_exchanges/cookie-attributes.tsx";
import { exchangeKey } from "../_exchanges/person-requests.ts";
import { requestName } from "../_exchanges/request-name.ts";
import { declaredAttributes, type SentCookie, unseenCookies } from "../_exchanges/set-cookie.ts";
import { milliseconds } from "../_ui/format-time.ts";
import { Countdown, Moment } from "../_ui/lab-time.tsx";
import { EmptyNote, type Fact, Facts, Pane } from "../_ui/pane.tsx";
import { StatusWords } from "../_ui/status-words.tsx";
import { Word } from "../_words/in-words.tsx";

type WirePaneProps = {
  readonly flow: FlowInfo;
  readonly held: HeldView;
  readonly sent: readonly SentCookie[];
  /** How this lab has the flow send its cookies. */
  readonly choice: CookieChoice;
  readonly watching: boolean;
  readonly last: Exchange | undefined;
  readonly className?: string;
};

/**
 * The last exchange of a flow and the claims of the bearer token, and for each cookie the Set-Cookie line that set it,
 * with the exchange that it came in unless that is the last one.
 */
export function WirePane({ flow, held, sent, choice, watching, last, className = "" }: WirePaneProps) {
  const token = held.credentials.find((credential) => credential.decoded && flow.presents === "bearer");
  const unseen = watching ? unseenCookies(flow, held.credentials, sent) : [];
  return (
    <Pane title="Wire" note={wireNote(flow, sent, { last, token: token?.name })} className={className}>
      {last === undefined && !token && <EmptyNote>No request seen yet.</EmptyNote>}
      <div className="grid gap-1.5">
        {last && (
          <p className="flex flex-wrap items-baseline gap-x-2 font-mono text-xs">
            <span className="min-w-0 wrap-anywhere">{requestName(last)}</span>
            <span aria-hidden="true" className="text-faint">
              →
            </span>
            <StatusWords status={last.response.status} code={last.code} />
            <span className="figures ml-auto text-faint">{milliseconds(last.took)}</span>
          </p>
        )}
        {token && <Facts facts={tokenFacts(token.decoded)} />}
        {sent.map((one) => (
          <div key={one.name}>
            {(flow.presents === "bearer" || sent.length > 1 || !cameIn(one, last)) && (
              <SetCookieTitle cookie={one} last={last} />
            )}
            <CookieAttributes cookie={one} />
          </div>
        ))}
        {unseen.map((name) => (
          <DeclaredAttributes key={name} name={name} attributes={declaredAttributes(flow, name, choice)} />
        ))}
      </div>
    </Pane>
  );
}

function cameIn({ exchange }: SentCookie, last: Exchange | undefined): boolean {
  return last !== undefined && exchangeKey(exchange) === exchangeKey(last);
}

function SetCookieTitle({ cookie, last }: { cookie: SentCookie; last: Exchange | undefined }) {
  const { exchange } = cookie;
  return (
    <p className="mb-1 flex flex-wrap justify-between gap-x-2 text-2xs text-dim">
      <span>
        Set-Cookie <code className="font-mono">{cookie.name}</code>
        {!cameIn(cookie, last) && (
          <>
            , in the answer to <span className="font-mono">{requestName(exchange)}</span> at{" "}
            <Moment at={new Date(exchange.at).toISOString()} />
          </>
        )}
      </span>
      {cookie.deletes ? "deletes it" : <CookieSize bytes={cookie.bytes} />}
    </p>
  );
}

type WireEnds = { readonly last: Exchange | undefined; readonly token: string | undefined };

function wireNote(flow: FlowInfo, [cookie, ...others]: readonly SentCookie[], { last, token }: WireEnds) {
  const severalCookies = others.length > 0;
  if (flow.presents === "bearer") return token && carriedBy(token);
  // What an earlier exchange carried has a title of its own.
  if (!cookie || !cameIn(cookie, last)) return undefined;
  if (severalCookies) return "Set-Cookie";
  if (cookie.deletes) return "Set-Cookie, which deletes it";
  return (
    <>
      Set-Cookie, <CookieSize bytes={cookie.bytes} />
    </>
  );
}

function tokenFacts(decoded: HeldView["credentials"][number]["decoded"]): readonly Fact[] {
  const text = (part: "header" | "payload", name: string) => String(claimIn(decoded, part, name) ?? "–");
  const role = claimIn(decoded, "payload", "role");
  const at = dateOfClaim(claimIn(decoded, "payload", "exp"));
  return [
    ["name", `${text("payload", "preferred_username")}${typeof role === "string" ? ` · role ${role}` : ""}`],
    [
      "exp",
      at === null ? (
        "–"
      ) : (
        <>
          <Moment at={at} />, <Countdown at={at} />
        </>
      ),
      <Word key="exp" id="exp" alone />,
    ],
    [
      "aud · typ",
      `${text("payload", "aud")} · ${text("header", "typ")}`,
      <span key="words">
        <Word id="aud" alone /> · <Word id="typ" alone />
      </span>,
    ],
  ];
}
