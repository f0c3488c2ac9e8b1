"use client";

import { useState } from "react";
import type { FlowId } from "@/lib/core/ids.ts";
import type { JudgedPlay } from "@/lib/features/attacks/csrf/model.ts";
import { type Answer, ask } from "../../../_browser/api.ts";
import { logIn, logOut } from "../../../_browser/flow-calls.ts";
import { useLab, usePeople } from "../../../_browser/lab-provider.tsx";
import { accessToken } from "../../../_browser/tokens/access-token.ts";
import { useLeftPlay } from "../../_parts/use-left-play.ts";
import { usePlayWindow } from "../../_parts/use-play-window.ts";

type Begun = { readonly url: string; readonly ticket: string; readonly token: string };

const lookEvery = 400;
/** So many looks without another case end a play: the attacker's window was closed, or its host does not lead here. */
const mostIdleLooks = 40;

/** Plays every case: alice logs in, the attacker's window sends, and what arrived is read until all of it is there. */
export function useCsrfPlay() {
  const { flows } = useLab();
  const alice = usePeople().find(({ username }) => username === "alice");
  const [live, setLive] = useState<JudgedPlay | null>(null);
  const { isPlaying, problem, isLeft, open } = usePlayWindow();

  /** Reads until the play is done, or nothing comes any more. */
  async function follow(): Promise<boolean> {
    let [reached, idle] = [-1, 0];
    while (!isLeft() && idle < mostIdleLooks) {
      await new Promise((resolve) => setTimeout(resolve, lookEvery));
      const answer = await ask<{ readonly play: JudgedPlay | null }>("/api/lab/csrf");
      if (!answer.ok || !answer.body.play) return false;
      const { play } = answer.body;
      setLive(play);
      if (play.done) return true;
      idle = play.cases.length > reached ? 0 : idle + 1;
      reached = play.cases.length;
    }
    return false;
  }

  async function play(flow: FlowId, popup: Window): Promise<string | null> {
    const begun = await ask<Begun>("/api/lab/csrf", { method: "POST", body: { flow } });
    if (!begun.ok) return begun.detail;
    try {
      // In every flow: the same form is sent to each.
      for (const each of flows) {
        const wish = { username: "alice", password: alice?.password ?? "", remember: false };
        const answer = await logIn(each, wish);
        if (!answer.ok) return `The attack could not be tried: alice’s login was refused. ${answer.detail}`;
      }
      const bearer = flows.some(({ id, presents }) => id === flow && presents === "bearer") ? accessToken() : null;
      if (!(await ownRequest(flow, begun.body, bearer))) {
        return "The attack could not be tried: alice’s own page was refused.";
      }
      popup.location.href = begun.body.url;
      if (await follow()) return null;
      return "The play stopped. Either its window was closed, or the attacker’s hosts do not lead to this server: see ATTACKER_ORIGIN and SIBLING_ORIGIN.";
    } finally {
      await after();
    }
  }

  /** The weaknesses are for the play alone, and so are the logins, whose cookies are weaker than the flows' own. */
  async function after(): Promise<void> {
    for (const weakness of ["any-origin", "same-site-none"]) {
      await ask("/api/lab/attacks/weaknesses", { method: "PATCH", body: { weakness, on: false } });
    }
    for (const flow of flows) await logOut(flow);
  }

  const { hasTidied, marked } = useLeftPlay("csrf", after);
  const start = (flow: FlowId) => open((popup) => marked(() => play(flow, popup)));

  return { live, isPlaying, problem, hasTidied, start };
}

/** A transfer by alice's own page, with its token. Every defence has to let it pass. */
async function ownRequest(flow: FlowId, { ticket, token }: Begun, bearer: string | null): Promise<boolean> {
  const proof = bearer === null ? {} : { authorization: `Bearer ${bearer}` };
  const headers = { "content-type": "application/json", "x-csrf-token": token, ...proof };
  const body = JSON.stringify({ to: "bob", amount: 1 });
  const path = `/api/${flow}/transfer?attack=${ticket}&case=own-page`;
  const answer: Pick<Answer<unknown>, "ok"> = await fetch(path, { method: "POST", headers, body });
  return answer.ok;
}
