import LockOpen from "lucide-react/icons/lock-open";
import type { ReactNode } from "react";
import type { Diagnosis } from "@/lib/features/vanished/diagnose.ts";
import { vanishCauses } from "@/lib/features/vanished/vanish-causes.ts";
import type { StreamState } from "../../_browser/shared-stream.ts";
import { Card } from "../../_ui/card.tsx";
import { Button, ButtonLink } from "../../_ui/controls/button.tsx";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { EmptyNote } from "../../_ui/pane.tsx";
import { StreamNote } from "../../_ui/stream-note.tsx";
import { LateClaimLines, type LateClaims, LateExperiment } from "./late-claims.tsx";

type Switch = { readonly id: string; readonly title: string; readonly does: string; readonly flow: string };

/** The address where a Secure cookie is lost for want of https, or why there is none. */
export type PlainHttpPlace = { readonly href: string } | { readonly why: string };

type SwitchesProps<T extends Switch> = {
  readonly vanishings: readonly T[];
  readonly flows: readonly { readonly id: string; readonly title: string }[];
  readonly busy: string | undefined;
  /** The state of the stream: the diagnosis reads its exchanges. `null`: at this address the browser keeps no lab. */
  readonly stream: StreamState | null;
  readonly onPlay: (vanishing: T) => void;
};

/** `children`: the last cause, which is played at another address. */
export function VanishingSwitches<T extends Switch>(props: SwitchesProps<T> & { readonly children: ReactNode }) {
  const { children, ...switches } = props;
  return (
    <Card title="Make it vanish" label="Make it vanish" note={props.stream && <StreamNote state={props.stream} />}>
      <p className="mb-1 text-xs text-dim">
        Each button logs alice in with that flow, asks who is logged in, and restores the lab’s settings. The last one
        needs no login.
      </p>
      <Switches {...switches}>{children}</Switches>
    </Card>
  );
}

/** The opposite: after a logout the person is logged in. */
export function ReturnSwitches<T extends Switch & Pick<LateClaims, "variant">>({
  claims,
  ...props
}: SwitchesProps<T> & { readonly claims: readonly LateClaims[] }) {
  const claimed = ({ variant }: T) => {
    const found = claims.find((each) => each.variant === variant);
    return found && <LateClaimLines {...found} />;
  };
  return (
    <Card title="Why am I in again?" label="Why am I in again?" note="after a logout">
      <p className="mb-1 text-xs text-dim">
        Each button logs alice in, sends a request, and logs out before its answer arrives. A browser keeps the cookies
        of the last answer. The other pages of this application let a logout wait for what is under way; another client
        may not. The experiment <LateExperiment /> plays it with every variant; below is what each of these claims.
      </p>
      <Switches {...props} claimed={claimed} />
    </Card>
  );
}

type SwitchListProps<T extends Switch> = SwitchesProps<T> & {
  readonly claimed?: (vanishing: T) => ReactNode;
  readonly children?: ReactNode;
};

function Switches<T extends Switch>(props: SwitchListProps<T>) {
  const { vanishings, flows, busy, stream, onPlay, claimed, children } = props;
  return (
    <ul>
      {vanishings.map((each) => (
        <Row
          key={each.id}
          flow={each.flow}
          icon={<FlowIcon flow={each.flow} className="size-3.5" />}
          title={each.title}
          of={flows.find(({ id }) => id === each.flow)?.title}
          does={each.does}
          claimed={claimed?.(each)}
        >
          <Button
            onPress={() => onPlay(each)}
            busy={busy === each.id}
            unavailable={whyNot(each.id, busy, stream)}
            label={`Do it: ${each.title}`}
          >
            Do it
          </Button>
        </Row>
      ))}
      {children}
    </ul>
  );
}

type RowProps = {
  readonly flow?: string;
  readonly icon: ReactNode;
  readonly title: string;
  readonly of?: string | undefined;
  readonly does: string;
  readonly claimed?: ReactNode;
  readonly children?: ReactNode;
};

function Row({ flow, icon, title, of, does, claimed, children }: RowProps) {
  return (
    <li data-flow={flow} className="flex items-start gap-3 border-t border-line py-2 first:border-0">
      <div className="min-w-0 flex-1 text-13">
        <p className="flex items-center gap-2 font-medium">
          {icon}
          {title}
          {of !== undefined && <span className="sr-only">, {of}</span>}
        </p>
        <p className="text-xs text-dim">{does}</p>
        {claimed}
      </div>
      {children}
    </li>
  );
}

function whyNot(id: string, busy: string | undefined, stream: StreamState | null): string | undefined {
  if (stream === null) return "At this address the lab’s own cookie is lost. Open the page at localhost.";
  if (stream !== "live") return "The page is not live yet.";
  return busy !== undefined && busy !== id ? "Another one is being played." : undefined;
}

type PlainHttpSwitchProps = {
  readonly place: PlainHttpPlace;
  /** It can be played at this address. */
  readonly here: { readonly busy: boolean; readonly onPlay: () => void } | null;
};

const plainHttpTitle = vanishCauses["plain-http"][0];
const plainHttpDoes =
  "Sends a Secure cookie over plain http. A browser trusts this machine without https, so this needs another address.";

/** The cause that does not occur on localhost. It is played here, at another address, or not at all. */
export function PlainHttpSwitch({ place, here }: PlainHttpSwitchProps) {
  const why = "why" in place && !here ? ` ${place.why}` : "";
  return (
    <Row
      icon={<LockOpen className="size-3.5 text-dim" aria-hidden="true" />}
      title={plainHttpTitle}
      does={plainHttpDoes + why}
    >
      {here ? (
        <Button onPress={here.onPlay} busy={here.busy} label={`Do it: ${plainHttpTitle}`}>
          Do it
        </Button>
      ) : (
        "href" in place && <ButtonLink href={place.href}>Play it there</ButtonLink>
      )}
    </Row>
  );
}

type DiagnosisProps = {
  readonly diagnosis: Diagnosis | undefined;
  readonly busy: boolean;
  readonly halted: string | null;
};

/** The cause and its evidence. */
export function DiagnosisCard({ diagnosis, busy, halted }: DiagnosisProps) {
  return (
    <Card title="Diagnosis" label="Diagnosis" note="from the exchange alone">
      <div role="status" aria-live="polite">
        {busy && <EmptyNote>Being played…</EmptyNote>}
        {!busy && halted !== null && <p className="text-13 text-refused">It could not be played: {halted}</p>}
        {!busy && !diagnosis && halted === null && <EmptyNote>Nothing has vanished yet.</EmptyNote>}
        {!busy && diagnosis && (
          <>
            <p className="text-lg font-semibold tracking-[-0.02em]" data-testid="cause">
              {vanishCauses[diagnosis.cause][0]}
            </p>
            <EvidenceList diagnosis={diagnosis} />
          </>
        )}
      </div>
    </Card>
  );
}

/** What helps against the cause, and what was found, in the order in which it was checked. */
export function EvidenceList({ diagnosis: { cause, because } }: { readonly diagnosis: Diagnosis }) {
  return (
    <>
      <p className="text-13 text-dim">{vanishCauses[cause][1]}</p>
      <ol className="mt-3 grid gap-1.5">
        {because.map(({ how, text }) => (
          <li key={text} className="grid grid-cols-[4.75rem_minmax(0,1fr)] border-t border-line pt-1.5 text-13">
            <span className="text-2xs leading-5 text-faint">{how}</span>
            <span className="wrap-anywhere">{text}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

/** The cause that a page cannot play, because it needs another browser. */
export function PlayedElsewhere() {
  return (
    <Card title="Played elsewhere" label="Played elsewhere" note="by another client">
      <p className="text-13 font-medium">{vanishCauses["other-client"][0]}</p>
      <p className="text-13 text-dim">
        A page cannot be another browser. Choose “enforce” in the settings of a flow with records, log in, and switch
        the developer tools to another device: CLIENT_CHANGED.
      </p>
    </Card>
  );
}
