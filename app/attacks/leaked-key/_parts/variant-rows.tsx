import type { PlayedVariant } from "@/lib/features/attacks/leaked-key/model.ts";
import { FlowIcon } from "../../../_ui/flow-icon.tsx";
import { DecidingLine } from "../../_parts/deciding-line.tsx";
import { Answer } from "./answer.tsx";
import type { LeakedVariant } from "./leaked-variant.ts";

type RowsProps = {
  readonly chosen: string;
  readonly variants: readonly LeakedVariant[];
  readonly played: readonly PlayedVariant[];
};

const columns = "@4xl:grid @4xl:grid-cols-[minmax(0,1fr)_minmax(0,1.3fr)_minmax(0,1.3fr)] @4xl:gap-x-6";

/** A row a variant: what the forged credential is good for there, or why this key makes none. */
export function VariantRows({ chosen, variants, played }: RowsProps) {
  const flows = [...new Set(variants.map(({ flow }) => flow))];
  return (
    <section aria-label="Every variant" className="@container mt-7">
      <p aria-hidden="true" className={`hidden border-b border-strong pb-1.5 text-xs text-faint ${columns}`}>
        <span>Every variant, with a credential that nobody issued</span>
        <span>Asked who it is, and the line that decides</span>
        <span>Asked to move a coin</span>
      </p>
      {flows.map((flow) => (
        <Flow key={flow} flow={flow} chosen={chosen} played={played} variants={variants} />
      ))}
    </section>
  );
}

function Flow({ flow, chosen, variants, played }: RowsProps & { readonly flow: string }) {
  const own = variants.filter((each) => each.flow === flow);
  const under = own.filter(({ keys }) => keys.includes(chosen));
  const others = own.filter(({ keys, why }) => !keys.includes(chosen) && why === null);
  const reasons = [...new Set(own.flatMap(({ why }) => why ?? []))];
  return (
    <div data-flow={flow}>
      <h2 className="mt-5 flex items-center gap-1.5 text-13 font-semibold text-flow">
        <FlowIcon flow={flow} /> {own[0]?.flowTitle}
      </h2>
      <ul>
        {alike(under, played).map(({ group, answers }) => (
          <Row key={group[0].id} group={group} played={answers} />
        ))}
        {others.length > 0 && <Nothing titles={others} why="Another key signs or seals it." />}
        {reasons.map((why) => (
          <Nothing key={why} titles={own.filter((each) => each.why === why)} why={why} />
        ))}
      </ul>
    </div>
  );
}

type Group = {
  readonly group: readonly [LeakedVariant, ...LeakedVariant[]];
  readonly answers: PlayedVariant | undefined;
};

/** Variants that are answered alike stand in one row. */
function alike(under: readonly LeakedVariant[], played: readonly PlayedVariant[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const each of under) {
    const answers = played.find(({ variant }) => variant === each.id);
    const { reads, acts, asExpected } = answers ?? {};
    const line = [reads?.line?.text, acts?.line?.text];
    const key = JSON.stringify([noteOf(each), reads?.code, reads?.as, reads?.at, acts?.code, line, asExpected]);
    const known = groups.get(key);
    groups.set(key, known ? { ...known, group: [...known.group, each] } : { group: [each], answers });
  }
  return [...groups.values()];
}

/** Variants in which there is nothing to forge with this key. */
function Nothing({ titles, why }: { readonly titles: readonly LeakedVariant[]; readonly why: string }) {
  return (
    <li className={`border-b border-line py-2 text-13 text-dim ${columns}`}>
      <p className="min-w-0">{titlesOf(titles)}</p>
      <p className="min-w-0 @4xl:col-span-2">
        <span className="font-medium text-ink">nothing to forge.</span> {why}
      </p>
    </li>
  );
}

function titlesOf(variants: readonly LeakedVariant[]): string {
  return variants.map(({ title }) => title).join(" · ");
}

type RowProps = { readonly group: Group["group"]; readonly played: PlayedVariant | undefined };

function Row({ group, played }: RowProps) {
  const isAlarm = played?.reads.code === null;
  return (
    <li className={`border-b border-line py-2.5 ${columns} ${isAlarm ? "-mx-2 bg-refused-ground px-2" : ""}`}>
      <div className="min-w-0">
        <p className="font-medium">{titlesOf(group)}</p>
        <p className="text-xs text-dim">{noteOf(group[0])}</p>
        {played && !played.asExpected && (
          <p className="mt-1 text-13">
            <span className="rounded-xs px-1 ring-1 ring-ink">differs from what it claims</span>
          </p>
        )}
      </div>
      <div className="mt-1.5 min-w-0 @4xl:mt-0">
        {played ? (
          <>
            <Answer answer={played.reads} />
            <DecidingLine line={played.reads.line} />
          </>
        ) : (
          <NotPlayed />
        )}
      </div>
      <div className="mt-1.5 min-w-0 @4xl:mt-0">{played ? <Acts played={played} /> : <NotPlayed />}</div>
    </li>
  );
}

function Acts({ played: { reads, acts } }: { readonly played: PlayedVariant }) {
  if (!acts) return <p className="text-13 text-dim">cannot: that service only tells.</p>;
  return (
    <>
      <Answer answer={acts} gotIn="MOVES IT" />
      {acts.code !== null && acts.code !== reads.code && <DecidingLine line={acts.line} />}
    </>
  );
}

function NotPlayed() {
  return <p className="text-13 text-faint italic">not played yet</p>;
}

/** What is asked besides the key, or what is forged. */
function noteOf({ forgedAs, revocation }: LeakedVariant): string {
  if (forgedAs === "other-client") return "A browser here has an id. Forged is the bearer token of another client.";
  if (forgedAs === "service") return "Outside it is an id. Forged is the gateway’s token for the service behind it.";
  if (revocation === "user-version") return "Asks for the person’s version. The thief writes today’s.";
  if (revocation === "denylist") return "Asks for a list of ended tokens. A forged one is not on it.";
  return "";
}
