import type { VariantId } from "@/lib/core/ids.ts";
import { type FixationPlay, type PlayedFixation, plants } from "@/lib/features/attacks/fixation/model.ts";
import { Button } from "../../../_ui/controls/button.tsx";
import { FlowIcon } from "../../../_ui/flow-icon.tsx";
import type { PlantedVariant } from "./planted-variant.ts";

type RowsProps = {
  readonly variants: readonly PlantedVariant[];
  readonly plays: ReadonlyMap<VariantId, FixationPlay>;
  readonly isPlaying: boolean;
  readonly onPlay: () => void;
};

const columns = "@4xl:grid @4xl:grid-cols-[minmax(0,1.3fr)_repeat(4,minmax(0,1fr))] @4xl:gap-x-2";
const cases = plants.flatMap(({ id, title }) => [
  { plant: id, keeps: false, title: `${title}: a new id at login` },
  { plant: id, keeps: true, title: `${title}: the sent id is kept` },
]);

/** Every variant by every case. Variants without a session id say so. */
export function CaseRows({ variants, plays, isPlaying, onPlay }: RowsProps) {
  const planted = variants.filter(({ cookie }) => cookie !== null);
  const others = Map.groupBy(
    variants.filter(({ cookie }) => cookie === null),
    ({ flow }) => flow,
  );
  return (
    <section aria-label="Every variant" className="@container mt-8">
      <div className="flex flex-wrap items-end gap-x-6 gap-y-2 pb-2">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="text-lg font-semibold tracking-[-0.02em]">Every variant with a session id</h2>
          <p className="text-13 text-dim">
            A signature on the id stops ids that were made up, and not the genuine id of another login.
          </p>
        </div>
        <Button kind="plain" size="normal" busy={isPlaying} onPress={onPlay}>
          Play every variant
        </Button>
      </div>
      <p aria-hidden="true" className={`hidden border-b border-strong pb-1.5 text-xs text-faint ${columns}`}>
        <span>Variant</span>
        {cases.map(({ title }) => (
          <span key={title} className="px-3">
            {title}
          </span>
        ))}
      </p>
      <ul className="border-t border-strong @4xl:border-0">
        {planted.map((variant) => (
          <li
            key={variant.id}
            data-flow={variant.flow}
            className={`border-b border-line py-2 @4xl:items-center @4xl:py-1 ${columns}`}
          >
            <p className="flex items-center gap-1.5 py-1 font-medium">
              <FlowIcon flow={variant.flow} /> {variant.title}
            </p>
            {!plays.has(variant.id) && <p className="text-13 text-faint italic @4xl:hidden">not played yet</p>}
            {cases.map((each) => (
              <Cell key={each.title} title={each.title} played={playedIn(plays.get(variant.id), each)} />
            ))}
          </li>
        ))}
        {[...others].map(([flow, own]) => (
          <li key={flow} data-flow={flow} className="border-b border-line py-2 text-13 text-dim">
            <span className="font-medium text-ink">Nothing to plant:</span> {own[0]?.flowTitle} (
            {own.map(({ title }) => title).join(" · ")}). No session id: each login writes a credential of its own.
          </li>
        ))}
      </ul>
    </section>
  );
}

function playedIn(play: FixationPlay | undefined, { plant, keeps }: Pick<PlayedFixation, "plant" | "keeps">) {
  return play?.tried ? play.played.find((each) => each.plant === plant && each.keeps === keeps) : undefined;
}

function Cell({ title, played }: { readonly title: string; readonly played: PlayedFixation | undefined }) {
  if (!played) return <p className="px-3 text-13 text-faint italic max-@4xl:hidden">not played yet</p>;
  const isAlarm = played.thief.code === null;
  return (
    <p
      className={`flex flex-wrap gap-x-2 rounded-control px-3 py-1.5 text-13 @4xl:block ${isAlarm ? "bg-refused-ground" : ""}`}
    >
      <span className="w-full text-xs text-dim @4xl:sr-only">{title}</span>
      <span className={isAlarm ? "font-semibold text-refused" : ""}>{isAlarm ? "GETS IN" : "refused"}</span>{" "}
      <span className={`text-xs text-dim wrap-anywhere ${isAlarm ? "" : "font-mono"}`}>
        {isAlarm ? `as ${played.thief.as}` : played.thief.code}
      </span>
      {!played.asClaimed && <span className="rounded-xs px-1 ring-1 ring-ink">differs from what it claims</span>}
    </p>
  );
}
