import type { FixationStep, Held, PlayedFixation } from "@/lib/features/attacks/fixation/model.ts";
import { DecidingLine } from "../../_parts/deciding-line.tsx";

type WindowsProps = { readonly cookie: string; readonly played: PlayedFixation | null };

const columns = "@3xl:grid @3xl:grid-cols-2 @3xl:gap-x-6";
const titles = { thief: "The thief’s window", alice: "alice’s window" } as const;

/** Both windows side by side, step by step: what each does, and what it holds after it. */
export function TwoWindows({ cookie, played }: WindowsProps) {
  return (
    <section aria-label="Two windows" className="@container mt-5">
      <div aria-hidden="true" className={`hidden ${columns}`}>
        {(["thief", "alice"] as const).map((by) => (
          <p key={by} className="rounded-t-xl border border-strong bg-sunk px-3 py-1.5 text-13 font-semibold">
            {titles[by]}
          </p>
        ))}
      </div>
      {played ? (
        <ol>
          {played.steps.map((step, index) => (
            <Step key={step.does} step={step} number={index + 1} cookie={cookie} />
          ))}
        </ol>
      ) : (
        <div className={columns}>
          {(["thief", "alice"] as const).map((by) => (
            <p key={by} className="border-x border-b border-strong px-3 py-6 text-13 text-faint italic">
              not played yet
            </p>
          ))}
        </div>
      )}
    </section>
  );
}

type StepProps = { readonly step: FixationStep; readonly number: number; readonly cookie: string };

function Step({ step, number, cookie }: StepProps) {
  return (
    <li className={columns}>
      {(["thief", "alice"] as const).map((by) => (
        <div
          key={by}
          className={`flex min-w-0 flex-col gap-1.5 border-strong px-3 py-2.5 text-13 @3xl:border-x @3xl:border-b @3xl:border-b-line ${by === step.by ? "" : "max-@3xl:pt-0 max-@3xl:pb-4"} ${by === "alice" ? "max-@3xl:border-b max-@3xl:border-b-line" : ""}`}
        >
          <p className="text-xs font-semibold text-dim @3xl:sr-only">{titles[by]}</p>
          {by === step.by && <Done step={step} number={number} />}
          <p className="mt-auto text-xs text-dim">
            holds <Chip held={step.holds[by]} cookie={cookie} />
          </p>
        </div>
      ))}
    </li>
  );
}

function Done({ step: { by, does, sent }, number }: Omit<StepProps, "cookie">) {
  const isAlarm = by === "thief" && sent?.code === null && sent.as === "alice";
  return (
    <div className="min-w-0">
      <p className="font-medium">
        {number}. {does}
      </p>
      {sent && (
        <>
          <p className="mt-0.5 font-mono text-xs wrap-anywhere">{sent.line}</p>
          <p className="mt-0.5">
            {sent.code === null ? (
              <b className={`font-semibold ${isAlarm ? "text-lg text-refused" : ""}`}>
                {isAlarm ? "GETS IN" : "accepted"}
              </b>
            ) : (
              <b className="font-semibold">refused</b>
            )}{" "}
            <span className="font-mono text-dim">
              {sent.status} {sent.code}
            </span>
            {sent.as !== null && <span className={isAlarm ? "text-refused" : "text-dim"}> as {sent.as}</span>}
          </p>
          <DecidingLine line={sent.at} />
        </>
      )}
    </div>
  );
}

/** An id by its end: the same end is the same id. */
function Chip({ held, cookie }: { readonly held: Held | null; readonly cookie: string }) {
  if (!held) return <span className="text-faint italic">nothing</span>;
  const look = held.isPlanted
    ? "border-refused/40 bg-refused-ground text-refused"
    : "border-flow/30 bg-flow-ground text-flow";
  return (
    <span className={`inline-block max-w-full rounded-badge border px-1.5 font-mono wrap-anywhere ${look}`}>
      <span className="font-semibold">{cookie}</span> …{held.id.slice(-6)}{" "}
      <span className="font-sans">{held.isPlanted ? "the planted id" : ""}</span>
    </span>
  );
}
