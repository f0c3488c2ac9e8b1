"use client";

import { useState } from "react";
import {
  namings,
  type TossedFlow,
  type TossingPlay,
  type TossingProgress,
  type WayTold,
} from "@/lib/features/attacks/tossing/model.ts";
import { ask } from "../../../_browser/api.ts";
import { logIn as logInTo, logOut } from "../../../_browser/flow-calls.ts";
import { useLab, usePeople } from "../../../_browser/lab-provider.tsx";
import { holdingLab } from "../../../_browser/use-lab-view.ts";
import { useLeftPlay } from "../../_parts/use-left-play.ts";
import { usePlayWindow } from "../../_parts/use-play-window.ts";

type Naming = (typeof namings)[number];
type Round = { readonly round: number; readonly naming: Naming; open(): void };
/** What is answered to the cookie of another lab than the ticket's. */
type NoPlay = { readonly progress: unknown };
type Begun = { readonly url: string; readonly ticket: string };

const lookEvery = 80;
/** So many looks without another case end a play: the sibling's window was closed, or its host does not lead here. */
const mostIdleLooks = 250;

/** Plays every way with every naming: alice logs in, the sibling's window plants, and alice's own page asks. */
export function useTossingPlay(tossed: readonly TossedFlow[], ways: readonly WayTold[]) {
  const { flows, reread } = useLab();
  const alice = usePeople().find(({ username }) => username === "alice");
  const [live, setLive] = useState<TossingPlay | null>(null);
  const { isPlaying, problem, isLeft, open } = usePlayWindow();

  /** By the ticket: the jar may have dropped the lab's cookie. */
  async function look({ ticket }: Begun): Promise<TossingProgress | null> {
    const answer = await ask<TossingProgress | NoPlay>(`/api/lab/tossing?attack=${ticket}&case=look`);
    if (!answer.ok || "progress" in answer.body) return null;
    const { play } = answer.body;
    setLive((before) =>
      before?.played.length === play.played.length && before.playedAt === play.playedAt ? before : play,
    );
    return answer.body;
  }

  /** Until the sibling's page has planted so many cases. */
  async function isPlanted(begun: Begun, count: number): Promise<boolean> {
    for (let idle = 0; idle < mostIdleLooks && !isLeft(); idle += 1) {
      const progress = await look(begun);
      if (!progress) return false;
      if (progress.planted >= count) return true;
      await new Promise((resolve) => setTimeout(resolve, lookEvery));
    }
    return false;
  }

  /** alice's own page asks each flow who she is. */
  async function sendOwn({ ticket }: Begun, id: string): Promise<void> {
    // Read to its end: a connection is free for the next request only then.
    const answers = tossed.map(async ({ path, method }) => {
      const answer = await fetch(`${path}?attack=${ticket}&case=${id}`, { method, cache: "no-store" });
      await answer.text();
    });
    await Promise.all(answers);
  }

  async function turnOnly(weakness: string | null): Promise<void> {
    for (const naming of namings) {
      if (naming.weakness === null) continue;
      const body = { weakness: naming.weakness, on: naming.weakness === weakness };
      await ask("/api/lab/attacks/weaknesses", { method: "PATCH", body });
    }
  }

  async function logAllOut(): Promise<void> {
    for (const flow of flows) await logOut(flow);
  }

  /** In every flow, with cookies that are named so; then her own requests, before anything is planted. */
  async function logIn(begun: Begun, { id, weakness }: Naming): Promise<string | null> {
    await logAllOut();
    await turnOnly(weakness);
    for (const flow of flows) {
      const wish = { username: "alice", password: alice?.password ?? "", remember: false };
      const answer = await logInTo(flow, wish);
      if (!answer.ok) return `The attack could not be tried: alice’s login was refused. ${answer.detail}`;
    }
    await sendOwn(begun, `${id}.own`);
    const progress = await look(begun);
    if (!progress) return stopped;
    return progress.untried === null ? null : `The attack could not be tried: ${progress.untried}`;
  }

  async function playAll(begun: Begun, popup: Window): Promise<string | null> {
    for (const [round, naming] of namings.entries()) {
      const untried = await logIn(begun, naming);
      if (untried !== null) return untried;
      // Once more before it is held, so that the page says which weakness is on.
      await reread();
      const open = () => {
        if (round === 0) popup.location.href = begun.url;
      };
      if (!(await holdingLab(() => playWays(begun, { round, naming, open })))) return stopped;
    }
    await look(begun);
    return null;
  }

  /** An overflow takes the lab's cookie with it, until an answer to these requests brings it back. */
  async function playWays(begun: Begun, { round, naming, open }: Round): Promise<boolean> {
    open();
    for (const [at, { id: way }] of ways.entries()) {
      if (!(await isPlanted(begun, round * ways.length + at + 1))) return false;
      await sendOwn(begun, `${naming.id}.${way}`);
    }
    return true;
  }

  async function play(popup: Window): Promise<string | null> {
    const begun = await ask<Begun>("/api/lab/tossing", { method: "POST" });
    if (!begun.ok) return begun.detail;
    try {
      return await playAll(begun.body, popup);
    } finally {
      await after(begun.body);
    }
  }

  /** The weaknesses are for the play alone, and so are the logins: alice's, and the thief's. */
  async function after({ ticket }: Begun): Promise<void> {
    await ask(`/api/lab/tossing?attack=${ticket}&case=end`);
    await logAllOut();
    await turnOnly(null);
  }

  const { hasTidied, marked } = useLeftPlay("tossing", async () => {
    // A play that begins takes over the thief's logins of the one before, and ends them with its own.
    const begun = await ask<Begun>("/api/lab/tossing", { method: "POST" });
    if (begun.ok) await after(begun.body);
  });

  return { live, isPlaying, problem, hasTidied, start: () => open((popup) => marked(() => play(popup))) };
}

const stopped =
  "The play stopped. Its window was closed, this browser got another lab, or the sibling’s host does not lead to this server: see SIBLING_ORIGIN.";
