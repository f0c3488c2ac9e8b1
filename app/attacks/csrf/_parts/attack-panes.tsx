import {
  type CsrfRequest,
  type CsrfTold,
  isFramedCase,
  isLoginCase,
  type PlayedCsrf,
  verdictOfAnswer,
} from "@/lib/features/attacks/csrf/model.ts";
import type { SenderOrigins } from "@/lib/features/attacks/hosts/model.ts";
import type { FlowInfo } from "../../../_browser/flow-info.ts";
import { isOwn } from "../../../_exchanges/wire-chip.tsx";
import { ArrivedLine } from "../../_parts/arrived-line.tsx";
import { AttackWindow } from "../../_parts/attack-window.tsx";
import { outcomeWords } from "./csrf-words.ts";

type PanesProps = {
  readonly told: CsrfTold;
  readonly played: PlayedCsrf | null;
  readonly origins: SenderOrigins;
  /** Whose cookies arrive. */
  readonly flows: readonly Pick<FlowInfo, "id" | "cookies">[];
};

/** The hosts of the attacker's that send from these places; from all others the first one does. */
const hostsOf: Partial<Record<CsrfTold["place"], "sibling" | "otherPort">> = {
  sibling: "sibling",
  "other-port": "otherPort",
};

/** Cause, what arrived, effect: the attacker's page, the request, and the two answers to it. */
export function AttackPanes({ told, played, origins, flows }: PanesProps) {
  const host = origins[hostsOf[told.place] ?? "attacker"];
  return (
    <div className="@container mt-4">
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-5 @4xl:grid-cols-[minmax(0,1.15fr)_minmax(0,1.35fr)_minmax(0,0.9fr)]">
        <AttackWindow title="The attacker’s page" host={host === null ? "" : new URL(host).host}>
          {told.headers.map((header) => (
            <p key={header} className="mb-1.5 font-mono text-xs text-dim wrap-anywhere">
              {header}
            </p>
          ))}
          <pre className="font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">{told.html}</pre>
        </AttackWindow>
        <div className="min-w-0">
          <h2 className="mb-2 text-13 font-semibold text-dim">What arrived at the server</h2>
          {played?.request ? <Arrived request={played.request} flows={flows} /> : <Nothing played={played} />}
        </div>
        <AttackWindow title="What came of it" host={new URL(origins.victim).host}>
          <Effects played={played} />
        </AttackWindow>
      </div>
    </div>
  );
}

function Nothing({ played }: { readonly played: PlayedCsrf | null }) {
  if (!played) return <p className="text-13 text-dim italic">not played yet</p>;
  return (
    <p className="text-13 text-dim">
      <b className="font-semibold text-ink">Nothing.</b>{" "}
      {played.frame && !played.frame.open
        ? "The frame showed no page."
        : "The browser asked by OPTIONS whether it may send this, and got no leave."}
    </p>
  );
}

/** The headers that tell something, each with what it tells. */
const remarks: Readonly<Record<string, string>> = {
  origin: "the page that asks",
  referer: "what it tells of its address",
  "sec-fetch-site": "that page, seen from here",
  "sec-fetch-mode": "a navigation, or a script",
  "content-type": "what the body says it is",
  "x-csrf-token": "only the own page knows it",
};

type ArrivedProps = Pick<PanesProps, "flows"> & { readonly request: CsrfRequest };

function Arrived({ request, flows }: ArrivedProps) {
  const { method, path, headers, cookies, body } = request;
  return (
    <dl className="grid gap-y-1 font-mono text-13">
      <ArrivedLine shown={`${method} ${path}`} remark="what is asked" isStrong />
      {Object.entries(remarks).flatMap(([name, remark]) => {
        const value = headers[name];
        return value === undefined ? [] : [<ArrivedLine key={name} name={name} shown={value} remark={remark} />];
      })}
      <CookieLine names={cookies.map(([name]) => name)} flows={flows} />
      {body !== "" && <ArrivedLine shown={body} remark="the body" />}
    </dl>
  );
}

type CookieLineProps = Pick<PanesProps, "flows"> & { readonly names: readonly string[] };

/** The cookies of logins, each in the colour of its flow, and behind them those that only tell what the browser does. */
function CookieLine({ names, flows }: CookieLineProps) {
  const flowOf = (name: string) =>
    flows.find(({ cookies }) =>
      isOwn(
        cookies.map((cookie) => cookie.name),
        name,
      ),
    )?.id;
  const watched = names.filter((name) => /csrf|-lab$/.test(name));
  const logins = names.filter((name) => !watched.includes(name));
  if (names.length === 0) return <ArrivedLine name="cookie" shown="none" remark="the browser adds none from here" />;
  return (
    <ArrivedLine
      name="cookie"
      shown={
        <>
          {logins.map((name) => (
            <span
              key={name}
              data-flow={flowOf(name)}
              className="mr-1.5 inline-block rounded-badge border border-strong px-1.5 font-semibold data-flow:border-flow/30 data-flow:bg-flow-ground data-flow:text-flow"
            >
              {name}
            </span>
          ))}
          <span className="block font-sans text-xs text-dim">
            and {watched.length} to watch: {watched.join(", ")}
          </span>
        </>
      }
      remark="added by the browser itself"
    />
  );
}

function Effects({ played }: { readonly played: PlayedCsrf | null }) {
  if (!played) return <p className="text-13 text-dim italic">not played yet</p>;
  const { weak, edge, id } = played;
  const isLogin = isLoginCase(id);
  const succeeded = verdictOfAnswer(weak).outcome === "succeeds";
  return (
    <div className="grid gap-3 text-13">
      <div>
        <p className="text-dim">Without a defence</p>
        {succeeded ? (
          <p>
            <b className="text-lg font-semibold text-refused">{outcomeWords.succeeds}</b>{" "}
            <span className="font-mono">{weak?.status}</span>
            <span className="block">
              {isLogin ? "alice goes on in bob’s account." : "A coin of alice’s went to bob."}
            </span>
          </p>
        ) : (
          <Refused answer={weak} />
        )}
      </div>
      <div>
        <p className="text-dim">
          {isFramedCase(id)
            ? "The same page, with the policy of all pages here"
            : "The same request, at the flow’s own edge"}
        </p>
        {played.frame ? <InFrame isShown={played.frame.closed} /> : <Refused answer={edge} />}
      </div>
    </div>
  );
}

function InFrame({ isShown }: { readonly isShown: boolean }) {
  return isShown ? (
    <p className="text-refused">shown in the frame</p>
  ) : (
    <p>
      <b className="font-semibold">not shown</b>{" "}
      <span className="text-dim">The browser left the frame empty, so nothing could be pressed.</span>
    </p>
  );
}

function Refused({ answer }: { readonly answer: PlayedCsrf["weak"] }) {
  if (!answer) return <p>stopped by the browser</p>;
  const { outcome } = verdictOfAnswer(answer);
  if (outcome === "succeeds") return <p className="font-mono">{answer.status}</p>;
  return (
    <p>
      <b className="font-semibold">{outcomeWords[outcome]}</b>{" "}
      <span className="font-mono text-dim">
        {answer.status} {answer.code}
      </span>
    </p>
  );
}
