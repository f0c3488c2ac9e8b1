import type { MeasuredCall, MeasuredVariant, SizedPart } from "@/lib/features/compare/model.ts";
import { sourceHref } from "@/lib/features/source/model.ts";
import type { SourceLine } from "@/lib/lab/feed/exchange.ts";
import { askedWords, foundWords } from "../../_exchanges/step-words.ts";
import { Card } from "../../_ui/card.tsx";
import { capital } from "../../_ui/number-words.ts";
import { EmptyNote, Pane } from "../../_ui/pane.tsx";
import { StatusWords } from "../../_ui/status-words.tsx";
import { evidenceTitles } from "./column-titles.ts";

type Counted = { readonly file: string; readonly lines: number };
type EffortProps = {
  readonly effort: {
    readonly flow: readonly Counted[];
    readonly parts: readonly Counted[];
    readonly all: readonly Counted[];
    readonly packages: readonly string[];
  };
};

/** The counted files, each with its number of non-blank lines. */
export function CountedEvidence({ effort: { flow, parts, all, packages } }: EffortProps) {
  const named = new Set([...flow, ...parts].map(({ file }) => file));
  return (
    <>
      <Card title={<span id="files">Files, counted</span>} label="Files, counted" note="lines that are not blank">
        <div className="grid gap-x-8 gap-y-4 @3xl:grid-cols-3">
          <FileList title="Its flow" files={flow} />
          <FileList title="Named by its settings" files={parts} />
          <FileList title="All that those import" files={all.filter(({ file }) => !named.has(file))} />
        </div>
        <p className="mt-3 text-13">All that runs: {told(all)}.</p>
      </Card>
      <Card
        title={<span id="packages">Packages</span>}
        label="Packages"
        note="from a registry, named in the code that runs"
      >
        {packages.length === 0 ? (
          <EmptyNote>None: Node.js has all that it needs.</EmptyNote>
        ) : (
          <p className="font-mono text-xs">{packages.join(", ")}</p>
        )}
      </Card>
    </>
  );
}

function told(files: readonly Counted[]): string {
  return `${files.reduce((sum, { lines }) => sum + lines, 0)} lines in ${files.length} files`;
}

function FileList({ title, files }: { title: string; files: readonly Counted[] }) {
  return (
    <Pane title={title} note={told(files)}>
      <ul className="font-mono text-xs">
        {files.map(({ file, lines }) => (
          <li key={file} className="flex items-center gap-3">
            <a
              href={sourceHref(file, null)}
              className="flex min-h-target min-w-0 items-center wrap-anywhere hover:underline"
            >
              {file}
            </a>
            <span className="figures ml-auto text-dim">{lines}</span>
          </li>
        ))}
      </ul>
    </Pane>
  );
}

type MeasuredProps = { readonly measured: MeasuredVariant; readonly at: string; readonly version: string };

/**
 * The measured requests: the bytes that were sent and received,
 * and the steps of the server. It contains no credential.
 */
export function MeasuredEvidence({ measured, at, version }: MeasuredProps) {
  if ("missing" in measured) {
    return (
      <Card title="Measured" label="Measured">
        <EmptyNote>{measured.missing}</EmptyNote>
      </Card>
    );
  }
  return (
    <>
      <p className="text-xs text-dim">
        Measured <time dateTime={at}>{at.slice(0, 19).replace("T", " ")} UTC</time> by this process, version {version},
        in a lab made only for this.
      </p>
      {measured.calls.map((call) => (
        <CallCard key={call.action} call={call} />
      ))}
    </>
  );
}

function CallCard({ call }: { call: MeasuredCall }) {
  const { action, request, status, code, sent, received, steps } = call;
  const title = capital(evidenceTitles[action]);
  return (
    <Card title={<span id={action}>{title}</span>} label={title} note={<span className="font-mono">{request}</span>}>
      <p className="mb-2 text-13">
        <StatusWords status={status} code={code} />
      </p>
      <div className="grid gap-x-8 gap-y-4 @3xl:grid-cols-3">
        <Parts title="Sent along" parts={sent} />
        <Parts title="Came back" parts={received} />
        <Pane title="What the server did" note={`${steps.length} steps`}>
          <ol className="text-xs">
            {steps.map(({ actor, did, found, startedAfter, at, ...rest }) => (
              <li key={`${startedAfter} ${actor} ${did}`} className="flex flex-wrap gap-x-2">
                <span className="font-mono">
                  {actor} {did}
                </span>
                <span className="text-dim">
                  {askedWords({ actor, did, found, startedAfter, ...rest })} {foundWords(found)}
                </span>
                {at && <LineLink at={at} />}
              </li>
            ))}
          </ol>
        </Pane>
      </div>
    </Card>
  );
}

function LineLink({ at: { file, line } }: { at: SourceLine }) {
  return (
    <a
      href={sourceHref(file, line)}
      className="ml-auto inline-flex min-h-target items-center font-mono text-faint hover:text-ink hover:underline"
    >
      {file.split("/").at(-1)}:{line}
    </a>
  );
}

function Parts({ title, parts }: { title: string; parts: readonly SizedPart[] }) {
  const sum = parts.reduce((total, { bytes }) => total + bytes, 0);
  return (
    <Pane title={title} note={`${sum} bytes`}>
      {parts.length === 0 && <EmptyNote>No credential.</EmptyNote>}
      <ul className="font-mono text-xs">
        {parts.map((part) => (
          <li key={`${part.in} ${part.name}`} className="flex gap-3">
            <span className="min-w-0 wrap-anywhere">
              <span className="text-faint">{part.in}</span> {part.name}
              {part.attributes && <span className="block text-dim">{part.attributes}</span>}
            </span>
            <span className="figures ml-auto text-dim">{part.bytes}</span>
          </li>
        ))}
      </ul>
    </Pane>
  );
}
