import type { VariantId } from "@/lib/core/ids.ts";
import type { SenderTold, TheftPlay } from "@/lib/features/attacks/theft/model.ts";
import { Button } from "../../../_ui/controls/button.tsx";
import { FlowIcon } from "../../../_ui/flow-icon.tsx";
import { numberWord } from "../../../_ui/number-words.ts";
import type { StolenVariant } from "./stolen.ts";

type EveryProps = {
  readonly variants: readonly StolenVariant[];
  readonly senders: readonly SenderTold[];
  readonly plays: ReadonlyMap<VariantId, TheftPlay>;
  readonly isPlaying: boolean;
  readonly onPlay: () => void;
};

/** Every variant with both bindings enforced. Variants that are answered alike stand in one row. */
export function EveryVariant({ variants, senders, plays, isPlaying, onPlay }: EveryProps) {
  const flows = [...new Set(variants.map(({ flow }) => flow))];
  return (
    <section aria-label="Every variant" className="@container mt-8">
      <div className="flex flex-wrap items-end gap-x-6 gap-y-2 border-b border-strong pb-2">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="text-lg font-semibold tracking-[-0.02em]">Every variant, with both bindings enforced</h2>
          <p className="text-13 text-dim">
            What is bound is the record. A token that nobody looks up is bound to nothing.
          </p>
        </div>
        <Button kind="plain" size="normal" busy={isPlaying} onPress={onPlay}>
          Play every variant
        </Button>
      </div>
      <div className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-5 @3xl:grid-cols-2 @6xl:grid-cols-4">
        {flows.map((flow) => (
          <Flow key={flow} flow={flow} variants={variants} senders={senders} plays={plays} />
        ))}
      </div>
    </section>
  );
}

function Flow({
  flow,
  variants,
  senders,
  plays,
}: Omit<EveryProps, "isPlaying" | "onPlay"> & { readonly flow: string }) {
  const own = variants.filter((each) => each.flow === flow);
  const groups = Map.groupBy(own, ({ id }) => answersOf(plays.get(id), senders).join("\n"));
  return (
    <div data-flow={flow} className="min-w-0">
      <h3 className="flex items-center gap-1.5 border-t-3 border-flow pt-2 font-semibold">
        <FlowIcon flow={flow} /> {own[0]?.flowTitle}
      </h3>
      <ul className="text-13">
        {[...groups].map(([answers, alike]) => (
          <li key={alike[0]?.id} className="border-b border-line py-2">
            <p className="text-dim">{alike.map(({ title }) => title).join(" · ")}</p>
            {answers === "" ? (
              <p className="text-faint italic">not played yet</p>
            ) : (
              answers.split("\n").map((line) => <p key={line}>{line}</p>)
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A sentence for each credential; none: not played yet. */
function answersOf(play: TheftPlay | undefined, senders: readonly SenderTold[]): readonly string[] {
  if (!play) return [];
  if (!play.tried) return [`could not be tried: ${play.why}`];
  const thieves = new Set(senders.filter(({ who }) => who === "thief").map(({ id }) => id));
  const enforced = play.played.filter(({ binding }) => binding === "enforce");
  return [...new Set(enforced.map(({ arrived }) => arrived.credential))].map((name) => {
    const cells = enforced.filter(({ arrived }) => arrived.credential === name);
    const inside = cells.filter(({ sender, answer }) => thieves.has(sender) && answer.code === null).length;
    const isAlarm = cells.some(({ sender, answer }) => !thieves.has(sender) && answer.code !== null);
    const codes = [...new Set(cells.flatMap(({ answer }) => answer.code ?? []))].join(", ");
    const who = `${numberWord(inside)} of ${numberWord(thieves.size)} thieves ${inside === 1 ? "gets" : "get"} in`;
    return `${name}: ${who}${codes && `, the others ${codes}`}${isAlarm ? "; alice’s phone is refused as well" : ""}`;
  });
}
