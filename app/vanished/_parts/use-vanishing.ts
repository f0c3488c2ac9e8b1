"use client";

import { useRef, useState } from "react";
import { type Diagnosis, diagnose } from "@/lib/features/vanished/diagnose.ts";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import type { AuditView, LabView } from "@/lib/lab/lab-view.ts";
import { settingsOf } from "@/lib/lab/settings/setting-paths.ts";
import { ask } from "../../_browser/api.ts";
import type { Lab } from "../../_browser/lab-provider.tsx";
import { exchangesSince } from "../../_exchanges/person-requests.ts";
import { type Vanishing, vanish } from "./vanishing.ts";

type Run = {
  readonly vanishing: Vanishing;
  /** The exchanges before the run began. */
  readonly before: readonly Exchange[];
  readonly elapsed: number | null;
  readonly events: AuditView["events"];
  readonly halted: string | null;
};

export type Vanished = {
  /** The one that was played last, or is being played. */
  readonly vanishing: Vanishing | undefined;
  /** The id of the one that is being played. */
  readonly busy: string | undefined;
  readonly diagnosis: Diagnosis | undefined;
  /** Why it could not be played. */
  readonly halted: string | null;
  readonly play: (vanishing: Vanishing) => void;
  /** Shows nothing of the last one any more. */
  readonly clear: () => void;
};

/** Makes a login disappear, one at a time, and diagnoses the cause. */
export function useVanishing(lab: Lab, view: LabView): Vanished {
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

  return {
    vanishing: run?.vanishing,
    busy,
    diagnosis: run && diagnosisOf(run, lab, view),
    halted: run?.halted ?? null,
    play: (vanishing) => void play(vanishing),
    clear: () => setRun(undefined),
  };
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
