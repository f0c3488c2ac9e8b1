import type { Diagnosis } from "@/lib/core/diagnose.ts";
import { vanishCauses } from "@/lib/core/vanish-causes.ts";
import type { StreamState } from "../_client/shared-stream.ts";
import { Button } from "./button.tsx";
import { FlowIcon } from "./flow-icon.tsx";
import { Card, Nothing } from "./pane.tsx";
import { StreamNote } from "./stream-note.tsx";

type Switch = { readonly id: string; readonly title: string; readonly does: string; readonly flow: string };

type SwitchesProps<T extends Switch> = {
  readonly vanishings: readonly T[];
  readonly flows: readonly { readonly id: string; readonly title: string }[];
  readonly busy: string | undefined;
  /** Without the stream of exchanges there would be nothing to read. */
  readonly stream: StreamState;
  readonly onPlay: (vanishing: T) => void;
};

export function VanishingSwitches<T extends Switch>({ vanishings, flows, busy, stream, onPlay }: SwitchesProps<T>) {
  return (
    <Card title="Make it vanish" label="Make it vanish" note={<StreamNote state={stream} />}>
      <p className="mb-1 text-xs text-dim">
        Each logs alice in anew in that flow, asks who this is, and puts the lab’s settings back.
      </p>
      <ul>
        {vanishings.map((each) => (
          <li
            key={each.id}
            data-flow={each.flow}
            className="flex items-start gap-3 border-t border-line py-2 first:border-0"
          >
            <div className="min-w-0 flex-1 text-13">
              <p className="flex items-center gap-2 font-medium">
                <FlowIcon flow={each.flow} className="size-3.5" />
                {each.title}
                <span className="sr-only">, {flows.find(({ id }) => id === each.flow)?.title}</span>
              </p>
              <p className="text-xs text-dim">{each.does}</p>
            </div>
            <Button
              onPress={() => onPlay(each)}
              busy={busy === each.id}
              unavailable={whyNot(each.id, busy, stream)}
              label={`Do it: ${each.title}`}
            >
              Do it
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function whyNot(id: string, busy: string | undefined, stream: StreamState): string | undefined {
  if (stream !== "live") return "The page is not live yet.";
  return busy !== undefined && busy !== id ? "Another one is being played." : undefined;
}

type DiagnosisProps = {
  readonly diagnosis: Diagnosis | undefined;
  readonly busy: boolean;
  readonly halted: string | null;
};

/** The cause, and what it is concluded from. */
export function DiagnosisCard({ diagnosis, busy, halted }: DiagnosisProps) {
  return (
    <Card title="Diagnosis" label="Diagnosis" note="from the exchange alone">
      <div role="status" aria-live="polite">
        {busy && <Nothing>Being played…</Nothing>}
        {!busy && halted !== null && <p className="text-13 text-refused">It could not be brought about: {halted}</p>}
        {!busy && !diagnosis && halted === null && <Nothing>Nothing has vanished yet.</Nothing>}
        {!busy && diagnosis && (
          <>
            <p className="text-lg font-semibold tracking-[-0.02em]" data-testid="cause">
              {vanishCauses[diagnosis.cause][0]}
            </p>
            <p className="text-13 text-dim">{vanishCauses[diagnosis.cause][1]}</p>
            <ol className="mt-3 grid gap-1.5">
              {diagnosis.because.map(({ how, text }) => (
                <li key={text} className="grid grid-cols-[4.75rem_minmax(0,1fr)] border-t border-line pt-1.5 text-13">
                  <span className="text-2xs leading-5 text-faint">{how}</span>
                  <span className="wrap-anywhere">{text}</span>
                </li>
              ))}
            </ol>
          </>
        )}
      </div>
    </Card>
  );
}

type NotReproducedProps = {
  /** This page at an address that no browser trusts without https; `null`: this machine has none. */
  readonly plainHttp: string | null;
};

/** What cannot be brought about at this address, and where it can. */
export function NotReproduced({ plainHttp }: NotReproducedProps) {
  return (
    <Card title="Played elsewhere" label="Played elsewhere" note="not at this address">
      <dl className="grid gap-2 text-13">
        <div>
          <dt className="font-medium">Secure over plain http</dt>
          <dd className="text-dim">
            A browser trusts https, and this very machine without it. Over plain http from another address it drops
            every Secure cookie without a word, the one that names this lab too.{" "}
            {plainHttp ? (
              <>
                Make it vanish at{" "}
                <a className="underline underline-offset-4" href={plainHttp}>
                  {plainHttp}
                </a>
                : its cookie does not come back, and the page says why.
              </>
            ) : (
              "This machine has no network address to try it at."
            )}
          </dd>
        </div>
        <div>
          <dt className="font-medium">Bound to another client</dt>
          <dd className="text-dim">
            A page cannot be another browser. Choose “enforce” in the settings of a flow with records, log in, and
            switch the developer tools to another device: CLIENT_CHANGED.
          </dd>
        </div>
      </dl>
    </Card>
  );
}
