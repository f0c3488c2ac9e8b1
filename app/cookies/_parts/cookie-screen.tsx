"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import type { EngineLines } from "@/lib/features/cookie-lab/model.ts";
import { judgeSetCookie } from "@/lib/lab/cookies/cookie-verdict.ts";
import type { Problem } from "../../_browser/api.ts";
import { useLab } from "../../_browser/lab-provider.tsx";
import { outcomeOf } from "../../_browser/use-flow-acts.ts";
import { LabNotices } from "../../_header/lab-notices.tsx";
import { useLabNow } from "../../_ui/lab-time.tsx";
import { OutcomeLine } from "../../_ui/outcome-line.tsx";
import { PageTitle } from "../../_ui/page-title.tsx";
import { CookieComposer, type Draft, lineOf } from "./cookie-composer.tsx";
import { CookieJarList } from "./cookie-jar-list.tsx";
import {
  deleteCookie,
  type FoundCookie,
  findCookies,
  laboratoryContext,
  type Trial,
  tryLine,
} from "./cookie-laboratory.ts";
import { type CookiePreset, cookiePresets, wellMade } from "./cookie-presets.ts";
import { ComputedVerdict, CookieTrial } from "./cookie-trial.tsx";
import { FirefoxCard } from "./firefox-card.tsx";
import { ServersBesideCard } from "./servers-beside-card.tsx";

/** Sends any Set-Cookie line, and shows the computed verdict beside the browser's behaviour. */
export function CookieScreen({ firefox }: { readonly firefox: EngineLines }) {
  const lab = useLab();
  return (
    <>
      <LabNotices lab={lab} />
      <PageTitle
        lead={
          <>
            Send any Set-Cookie line and see what this browser does with it. A browser never says why it drops a cookie,
            so the page computes the reason.{" "}
            <Link href="/vanished" prefetch={false} className="underline underline-offset-2">
              Why did my login vanish?
            </Link>
          </>
        }
      >
        Cookie laboratory
      </PageTitle>
      {lab.labMode && <Laboratory firefox={firefox} />}
    </>
  );
}

function Laboratory({ firefox }: { readonly firefox: EngineLines }) {
  const [draft, setDraft] = useState<Draft>({ parts: wellMade, raw: null });
  const [preset, setPreset] = useState<CookiePreset | undefined>(cookiePresets[0]);
  const { trial, problem, found, busy, send, remove } = useTrials();
  const here = useHere();
  const line = lineOf(draft);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 @4xl:grid-cols-[minmax(0,27rem)_minmax(0,1fr)]">
      <CookieComposer
        draft={draft}
        preset={preset}
        busy={busy}
        onDraft={(next) => {
          setDraft(next);
          setPreset(undefined);
        }}
        onPreset={(next) => {
          setPreset(next);
          // A new value each time, so that the sent cookie can be told from an earlier one.
          const value = Date.now().toString(36).slice(-4);
          setDraft({ parts: { ...wellMade, value, ...next.parts }, raw: next.raw ?? null });
        }}
        onSend={() => void send(line)}
      >
        {here !== null && <ComputedVerdict verdict={judgeSetCookie(line, laboratoryContext(here))} now={here} />}
        <OutcomeLine outcome={problem && outcomeOf("Send", problem)} />
      </CookieComposer>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <CookieTrial trial={trial} />
        <CookieJarList
          cookies={found}
          busy={busy}
          onDelete={(one) => void remove([one])}
          onDeleteAll={() => void remove(found ?? [])}
        />
        {here !== null && <ServersBesideCard now={here} />}
        <FirefoxCard recorded={firefox} />
      </div>
    </div>
  );
}

/**
 * The browser's time, updated with each tick. `null` before
 * hydration, because the server does not know the page's host.
 */
function useHere(): number | null {
  const [isAlive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  useLabNow();
  return isAlive ? Date.now() : null;
}

function useTrials() {
  const [trials, setTrials] = useState<readonly Trial[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const [found, setFound] = useState<readonly FoundCookie[] | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => void findCookies([]).then(setFound), []);

  async function look(all: readonly Trial[]): Promise<void> {
    setFound(await findCookies(all.map(({ echoPath }) => echoPath)));
    setBusy(false);
  }

  return {
    trial: trials[0],
    problem,
    found,
    busy,
    async send(line: string): Promise<void> {
      setBusy(true);
      const tried = await tryLine(line);
      const failed = "code" in tried;
      const all = failed ? trials : [tried, ...trials];
      setProblem(failed ? tried : undefined);
      setTrials(all);
      await look(all);
    },
    async remove(cookies: readonly FoundCookie[]): Promise<void> {
      setBusy(true);
      const lines = trials.map((one) => one.line);
      for (const cookie of cookies)
        await deleteCookie(
          cookie,
          lines.filter((one) => one.includes(cookie.name)),
        );
      await look(trials);
    },
  };
}
