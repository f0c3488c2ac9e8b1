import type {
  ChangedPart,
  ForgeryGroup,
  ForgeryTold,
  Needs,
  PlayedForgery,
} from "@/lib/features/attacks/forgery/model.ts";
import { sourceHref } from "@/lib/features/source/model.ts";
import { Disclosure } from "../../../_ui/controls/disclosure.tsx";
import { differencesIn } from "./differences-in.ts";
import { gotThrough } from "./forgery-heading.ts";

type RowsProps = { readonly groups: readonly ForgeryGroup[]; readonly played: readonly PlayedForgery[] };

const columns = "@4xl:grid @4xl:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)_minmax(0,1.25fr)] @4xl:gap-x-6";

/** A row a case: what it is, what a verifier with a mistake makes of it, and what the variant does. */
export function ForgeryRows({ groups, played }: RowsProps) {
  return (
    <div className="@container mt-5">
      <p aria-hidden="true" className={`hidden border-b border-strong pb-1.5 text-xs text-faint ${columns}`}>
        <span>What is forged, and what it takes</span>
        <span>Against a verifier with a known mistake</span>
        <span>Against this variant, and the line that decides</span>
      </p>
      {groups.map(({ title, cases }) => (
        <section key={title} aria-label={title}>
          <h2 className="mt-5 text-2xs font-semibold tracking-[0.07em] text-faint uppercase">{title}</h2>
          <ul>
            {cases.map((each) => (
              <Row key={each.id} told={each} played={played.find(({ id }) => id === each.id)} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

const needed: Readonly<Record<Needs, string>> = {
  nothing: "needs no key",
  "published-key": "needs the public key",
  "signing-key": "needs the lab’s signing key",
};

function Row({ told, played }: { readonly told: ForgeryTold; readonly played: PlayedForgery | undefined }) {
  const { title, source, needs } = told;
  const isAlarm = played !== undefined && gotThrough(played);
  return (
    <li className={`border-b border-line py-2.5 ${columns} ${isAlarm ? "-mx-2 bg-refused-ground px-2" : ""}`}>
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        <p className="text-xs text-dim">
          {source}; {needed[needs]}
        </p>
        {played && <Changed parts={played.changed} />}
      </div>
      <div className="mt-1.5 min-w-0 @4xl:mt-0">{played ? <Weakness played={played} /> : <NotPlayed />}</div>
      <div className="mt-1.5 min-w-0 @4xl:mt-0">{played ? <Defence played={played} /> : <NotPlayed />}</div>
    </li>
  );
}

function NotPlayed() {
  return <p className="text-13 text-faint italic">not played yet</p>;
}

function Weakness({ played: { weakness } }: { readonly played: PlayedForgery }) {
  if ("none" in weakness) {
    return (
      <p className="text-13 text-dim">
        <span className="font-medium text-ink">none played.</span> {weakness.none}
      </p>
    );
  }
  return (
    <p className="text-13">
      {weakness.gotIn ? <Alarm>GETS IN</Alarm> : <b className="font-semibold">refused</b>}{" "}
      <span className="text-dim">{weakness.verifier}</span>
    </p>
  );
}

function Defence({ played }: { readonly played: PlayedForgery }) {
  const { defence, asExpected } = played;
  if (!defence) return <p className="text-13 text-dim">cannot: no header carries this text, so it was not sent.</p>;
  const { status, code, at, line } = defence;
  return (
    <>
      <p className="text-13">
        {code === null ? <Alarm>GETS IN</Alarm> : <b className="font-semibold">refused</b>}{" "}
        <span className="font-mono text-dim">
          {status} {code}
        </span>
        {at !== null && <span className="text-dim"> at {at}</span>}
      </p>
      {line && (
        <p className="mt-0.5 font-mono text-xs">
          <a href={sourceHref(line.file, line.line)} className="text-dim underline underline-offset-3 hover:text-ink">
            {line.file.split("/").at(-1)}:{line.line}
          </a>{" "}
          <code className="wrap-anywhere">{line.text}</code>
        </p>
      )}
      {!asExpected && (
        <p className="mt-1 text-13">
          <span className="rounded-xs px-1 ring-1 ring-ink">differs from what the table says</span>
        </p>
      )}
    </>
  );
}

function Alarm({ children }: { readonly children: string }) {
  return <b className="font-semibold text-refused">{children}</b>;
}

/** What differs from the real credential, member by member where a part is JSON. */
function Changed({ parts }: { readonly parts: readonly ChangedPart[] }) {
  if (parts.length === 0) return null;
  return (
    <Disclosure summary={`changed: ${parts.map(({ name }) => name).join(", ")}`}>
      <dl className="grid gap-1.5 pb-1 text-xs">
        {parts.map((part) => (
          <div key={part.name} className="min-w-0">
            <dt className="text-faint">{part.name}</dt>
            {differencesIn(part).map((each) => (
              <dd key={each} className="font-mono wrap-anywhere">
                {each}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </Disclosure>
  );
}
