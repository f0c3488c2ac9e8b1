"use client";

import { useEffect, useRef, useState } from "react";
import { browserIn } from "@/lib/features/attacks/hosts/model.ts";
import { type PlayedWalk, type ResiduePlay, residueWalks, type Walk } from "@/lib/features/attacks/residue/model.ts";
import { logOut } from "../../../_browser/flow-calls.ts";
import { useLab, usePeople } from "../../../_browser/lab-provider.tsx";
import { useLeftPlay } from "../../_parts/use-left-play.ts";
import { logInFor, logOutPhone } from "./end-login.ts";
import { type Order, openChannel, type PlayChannel } from "./play-channel.ts";
import { openRouter, playRouter } from "./play-router.ts";
import { addressIn, playWalk, type WalkTools } from "./play-walk.ts";

/** A play that is under way: its run, for the tab that stays open, and how far it came. */
export type Playing = { readonly run: string; readonly done: number; readonly of: number };

/** Names pages that are looked at before the walks begin. */
const beforehand: Walk = { id: "beforehand", flow: "server-session", end: "logout", defence: "no-store" };
const closing: Order = { to: "window", walk: "", close: true };
const withRouter = residueWalks.filter(({ end }) => end !== "memory");

/** Plays every walk in a window of its own, which this page tells where to go. */
export function useResiduePlay() {
  const { flows } = useLab();
  const alice = usePeople().find(({ username }) => username === "alice");
  const [live, setLive] = useState<ResiduePlay | null>(null);
  const [playing, setPlaying] = useState<Playing | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const open = useRef<PlayChannel | null>(null);
  // A page that is left ends its play: the window closes, the next order fails, and the logins are ended.
  useEffect(
    () => () => {
      open.current?.tell(closing);
      open.current?.close();
    },
    [],
  );

  async function play(run: string, channel: PlayChannel): Promise<ResiduePlay> {
    const logIn = async (walk: Walk) => {
      if (!alice) throw new Error("this lab has no alice.");
      return logInFor(walk, flows, alice);
    };
    const tools: WalkTools = { run, channel, logIn, ahead: { came: 0, missed: 0 } };
    const of = residueWalks.length + withRouter.length;
    let done = 0;
    const count = () => {
      done += 1;
      setPlaying({ run, done, of });
    };
    const playedAt = new Date().toISOString();
    const [restores] = await Promise.all([canRestore(tools), channel.ask(null, "frame", "plain", "tab")]);
    for (const flow of flows) await logOut(flow);
    await expectNobody(tools);
    const walks: PlayedWalk[] = [];
    let prefetches = false;
    for (const walk of residueWalks) {
      const { ahead, ...played } = await playWalk(walk, tools);
      prefetches ||= ahead;
      walks.push(played);
      count();
    }
    await openRouter(beforehand, tools);
    for (const walk of withRouter) {
      const router = await playRouter(walk, tools);
      const at = walks.findIndex(({ id }) => id === walk.id);
      const before = walks[at];
      if (before) walks[at] = { ...before, seen: { ...before.seen, router } };
      count();
    }
    return { playedAt, browser: browserIn(navigator.userAgent), restores, prefetches, walks };
  }

  async function start(): Promise<void> {
    const run = crypto.randomUUID();
    const channel = openChannel(run);
    open.current = channel;
    setProblem(null);
    setPlaying({ run, done: 0, of: residueWalks.length });
    // A window with an opener is never kept in the back/forward cache. What it shows it says on the channel.
    window.open(plain(run, "one"), "_blank", "noopener,popup,width=460,height=360");
    try {
      setLive(await marked(() => playAndLeave(run, channel)));
    } catch (error) {
      setProblem(`The attack could not be tried: ${error instanceof Error ? error.message : "the window is gone."}`);
    } finally {
      setPlaying(null);
    }
  }

  async function playAndLeave(run: string, channel: PlayChannel): Promise<ResiduePlay> {
    try {
      return await play(run, channel);
    } finally {
      channel.tell(closing);
      await logAllOut();
      channel.close();
    }
  }

  async function logAllOut(): Promise<void> {
    await logOutPhone();
    for (const flow of flows) await logOut(flow);
  }

  const { hasTidied, marked } = useLeftPlay("residue", logAllOut);

  return { live, playing, problem, hasTidied, start: () => void start() };
}

function plain(run: string, walk: string): string {
  return addressIn(run, { ...beforehand, id: walk })("plain");
}

/** The address of the tab that stays open. */
export function tabAddress(run: string): string {
  return plain(run, "tab");
}

/** The sanity check of the back/forward cache: a page that nothing speaks against has to come from it. */
async function canRestore({ run, channel }: WalkTools): Promise<boolean> {
  await channel.ask(null, "window", "plain", "one", 15_000).catch(() => {
    throw new Error("the browser opened no window. Allow this page to open one.");
  });
  await channel.ask({ to: "window", walk: "one", go: plain(run, "two") }, "window", "plain", "two");
  const { source } = await channel.ask(
    { to: "window", walk: "two", back: { from: "plain", steps: 1 } },
    "window",
    "plain",
    "one",
  );
  return source === "back-forward-cache";
}

/** The sanity check of the account: without a login it shows nothing. */
async function expectNobody({ run }: WalkTools): Promise<void> {
  const text = await (await fetch(addressIn(run, beforehand)("data"))).text();
  if (!text.startsWith("refused ")) throw new Error("the account is shown without a login.");
}
