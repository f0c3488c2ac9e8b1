import type { Strictness } from "@/lib/core/settings.ts";
import { bindings, type PlayedTheft, type SenderTold } from "@/lib/features/attacks/theft/model.ts";
import { bindingTitles, wordOf } from "./theft-words.ts";

type RowsProps = {
  readonly senders: readonly SenderTold[];
  /** Of one credential. */
  readonly played: readonly PlayedTheft[];
  readonly chosen: { readonly sender: string; readonly binding: Strictness };
  readonly onChoose: (sender: string) => void;
};

const columns = "@4xl:grid @4xl:grid-cols-[minmax(0,1.5fr)_repeat(3,minmax(0,1fr))] @4xl:gap-x-2";

/** A row a sender, with each binding. A row's button shows its request above. */
export function SenderRows({ senders, played, chosen, onChoose }: RowsProps) {
  return (
    <section aria-label="Who sends it" className="@container mt-6">
      <p aria-hidden="true" className={`hidden border-b border-strong pb-1.5 text-xs text-faint ${columns}`}>
        <span>Who sends it</span>
        {bindings.map((binding) => (
          <span key={binding} className={`px-3 ${binding === chosen.binding ? "font-semibold text-ink" : ""}`}>
            Binding: {bindingTitles[binding].toLowerCase()}
          </span>
        ))}
      </p>
      <ul>
        {senders.map((sender) => (
          <li key={sender.id} className={`border-b border-line py-2 @4xl:items-center @4xl:py-1 ${columns}`}>
            <div className="py-1">
              <button
                type="button"
                onClick={() => onChoose(sender.id)}
                aria-pressed={sender.id === chosen.sender}
                className={`min-h-target text-left hover:underline ${sender.id === chosen.sender ? "font-semibold" : "font-medium"}`}
              >
                {sender.title}
              </button>
              <p className="text-xs text-dim">{sender.does}</p>
            </div>
            {bindings.map((binding) => (
              <Cell
                key={binding}
                sender={sender}
                binding={binding}
                played={played.find((each) => each.sender === sender.id && each.binding === binding)}
                isChosen={sender.id === chosen.sender && binding === chosen.binding}
              />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

type CellProps = {
  readonly sender: SenderTold;
  readonly binding: Strictness;
  readonly played: PlayedTheft | undefined;
  readonly isChosen: boolean;
};

/** In a narrow window the binding stands in front of each. */
function Cell({ sender, binding, played, isChosen }: CellProps) {
  const { word, isAlarm } = played ? wordOf(sender, played.answer) : { word: "", isAlarm: false };
  return (
    <p
      className={`flex flex-wrap gap-x-2 rounded-control px-3 py-1.5 text-13 @4xl:block ${isAlarm ? "bg-refused-ground" : ""} ${isChosen && played ? "ring-1 ring-strong" : ""}`}
    >
      <span className="w-16 text-dim @4xl:sr-only">{bindingTitles[binding]}</span>
      {played ? (
        <>
          <span className={isAlarm ? "font-semibold text-refused" : ""}>{word}</span>
          <span className="font-mono text-xs text-dim wrap-anywhere @4xl:block">
            {played.answer.code ?? played.answer.noted ?? "nothing noted"}
          </span>
        </>
      ) : (
        <span className="text-faint italic">not played yet</span>
      )}
    </p>
  );
}
