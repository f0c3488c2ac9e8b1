"use client";

import { type ReactNode, useRef, useState } from "react";
import { type Diagnosis, diagnose } from "@/lib/features/vanished/diagnose.ts";
import type { Exchange } from "@/lib/lab/exchange.ts";
import type { AuditView, LabView } from "@/lib/lab/lab-view.ts";
import { settingsOf } from "@/lib/lab/settings/setting-paths.ts";
import { ask } from "../../_browser/api.ts";
import { type Lab, useLab } from "../../_browser/lab-provider.tsx";
import { exchangesSince } from "../../_exchanges/person-requests.ts";
import { LabNotices } from "../../_header/lab-notices.tsx";
import { PageTitle } from "../../_ui/page-title.tsx";
import { returns } from "./returning.ts";
import { usePlainHttp } from "./use-plain-http.ts";
import { type Vanishing, vanish, vanishings } from "./vanishing.ts";
import {
  DiagnosisCard,
  type PlainHttpPlace,
  PlainHttpSwitch,
  PlayedElsewhere,
  ReturnSwitches,
  VanishingSwitches,
} from "./vanishing-cards.tsx";

/** Makes a login disappear in each known way, and diagnoses the cause from the exchange alone. */
export function VanishedScreen({ plainHttp: place }: { plainHttp: PlainHttpPlace }) {
  const lab = useLab();
  const plain = usePlainHttp();
  return (
    <>
      <LabNotices lab={lab} />
      <PageTitle
        lead={
          <>
            Each button makes a login of alice disappear, in this browser and this lab. The diagnosis finds the cause
            from the exchange alone.
          </>
        }
      >
        Why did my login vanish?
      </PageTitle>
      {plain.here ? (
        <Stage
          switches={
            <VanishingSwitches
              vanishings={vanishings}
              flows={lab.flows}
              busy={undefined}
              stream={null}
              onPlay={() => {}}
            >
              <PlainHttpSwitch place={place} here={{ busy: plain.busy, onPlay: () => void plain.play() }} />
            </VanishingSwitches>
          }
          diagnosis={<DiagnosisCard diagnosis={plain.diagnosis} busy={plain.busy} halted={plain.halted} />}
        />
      ) : (
        lab.view && <Vanishings lab={lab} view={lab.view} place={place} />
      )}
    </>
  );
}

type Run = {
  readonly vanishing: Vanishing;
  /** The exchanges before the run began. */
  readonly before: readonly Exchange[];
  readonly elapsed: number | null;
  readonly events: AuditView["events"];
  readonly halted: string | null;
};

type VanishingsProps = { readonly lab: Lab; readonly view: LabView; readonly place: PlainHttpPlace };

function Vanishings({ lab, view, place }: VanishingsProps) {
  const [run, setRun] = useState<Run>();
  const [busy, setBusy] = useState<string>();
  const told = useRef(lab.exchanges);
  told.current = lab.exchanges;

  async function play(vanishing: Vanishing): Promise<void> {
    const alice = view.people.find(({ username }) => username === "alice");
    const begun = { vanishing, before: told.current, elapsed: null, events: [], halted: null };
    setBusy(vanishing.id);
    setRun(begun);
    const played = await vanish(vanishing, {
      settings: settingsOf(view.settings),
      alice: alice?.id ?? "",
      password: alice?.password ?? "",
    }).then(
      (elapsed) => ({ elapsed, halted: null }),
      (error: unknown) => ({
        elapsed: null,
        halted: error instanceof Error ? error.message : "It could not be played.",
      }),
    );
    const audit = await ask<AuditView>("/api/audit");
    await lab.reread();
    setRun({ ...begun, ...played, events: audit.ok ? audit.body.events : [] });
    setBusy(undefined);
  }

  return (
    <Stage
      switches={
        <VanishingSwitches
          vanishings={vanishings}
          flows={lab.flows}
          busy={busy}
          stream={lab.stream}
          onPlay={(one) => void play(one)}
        >
          <PlainHttpSwitch place={place} here={null} />
        </VanishingSwitches>
      }
      returns={
        <ReturnSwitches
          vanishings={returns}
          flows={lab.flows}
          busy={busy}
          stream={lab.stream}
          onPlay={(one) => void play(one)}
        />
      }
      diagnosis={
        <DiagnosisCard
          diagnosis={run && diagnosisOf(run, lab, view)}
          busy={busy !== undefined}
          halted={run?.halted ?? null}
        />
      }
    />
  );
}

/** On a narrow page the diagnosis comes first, above the pressed button. */
function Stage({
  switches,
  returns,
  diagnosis,
}: {
  readonly switches: ReactNode;
  readonly returns?: ReactNode;
  readonly diagnosis: ReactNode;
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 @4xl:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)] @4xl:grid-rows-[auto_1fr]">
      <div className="min-w-0 @4xl:col-start-2">{diagnosis}</div>
      <div className="grid min-w-0 gap-4 @4xl:col-start-1 @4xl:row-span-2 @4xl:row-start-1">
        {switches}
        {returns}
      </div>
      <div className="min-w-0 @4xl:col-start-2">
        <PlayedElsewhere />
      </div>
    </div>
  );
}

/** The diagnosis gets the exchanges only, not the pressed button. */
function diagnosisOf(
  { vanishing: { flow, variant, cookie: looked }, before, elapsed, events }: Run,
  lab: Lab,
  view: LabView,
): Diagnosis | undefined {
  // In the order of their answers, by which a browser keeps cookies: a list shows them by when they were sent.
  const exchanges = exchangesSince(before, lab.exchanges)
    .filter((each) => each.flow === flow)
    .toSorted((one, other) => one.id - other.id);
  const login = exchanges.find(isLogin);
  // The last one: in some plays an earlier one's answer arrives late.
  const asked = exchanges.findLast(({ action }) => action === "me");
  const info = lab.flows.find(({ id }) => id === flow);
  const cookie = looked ?? info?.cookies[0]?.name;
  const store = view.variants.find(({ id }) => id === variant)?.settings.store ?? "";
  const sharing = info?.stores[store]?.sharing;
  if (!login || !asked || cookie === undefined || elapsed === null) return undefined;
  const { protocol, hostname } = window.location;
  const since = events.filter(
    (event) =>
      event.user === "alice" && (event.flow === flow || event.flow === null) && Date.parse(event.at) >= login.at,
  );
  return diagnose({
    cookie,
    login,
    asked,
    between: exchanges.slice(exchanges.indexOf(login) + 1, exchanges.indexOf(asked)),
    scheme: protocol === "https:" ? "https" : "http",
    host: hostname,
    elapsed,
    store: sharing ? { name: store, sharing } : null,
    events: since,
  });
}

function isLogin({ action, response }: Exchange): boolean {
  return action === "login" && response.status === 200;
}
