"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Measures } from "@/lib/features/attacks/residue/model.ts";
import { channelName, type Order, type Report } from "./play-channel.ts";

type RouterPageProps = {
  readonly page: "router-account" | "router-left";
  readonly run: string;
  readonly walk: string;
  /** What the server rendered. */
  readonly text: string;
  /** Names this rendering. */
  readonly rendering: string;
  /** Where the page asks again. */
  readonly address: string;
  readonly measures: Pick<Measures, "asksAgain" | "isTold">;
};

/** The renderings that were shown in this document: one that comes again came without a request. */
const shown = new Set<string>();

/** A page of the account, rendered on the server. It says what it shows, and goes where the play says. */
export function RouterPage({ page, run, walk, text, rendering, address, measures }: RouterPageProps) {
  const { asksAgain, isTold } = measures;
  const [said, setSaid] = useState(asksAgain ? "" : text);
  const place = useRef<HTMLParagraphElement>(null);
  const router = useRouter();

  async function ask(): Promise<void> {
    const answer = await fetch(address, { cache: "no-store" });
    setSaid(await answer.text());
  }

  const obey = useEffectEvent(({ to, walk: of, push, back, close }: Order) => {
    if (to !== "window" || (of !== walk && of !== "")) return;
    if (push !== undefined) router.push(push);
    if (back?.from === page) router.back();
    if (close) window.close();
  });
  const arrive = useEffectEvent(async (channel: BroadcastChannel, isThere: () => boolean) => {
    const source = shown.has(rendering) ? "router-cache" : "server";
    shown.add(rendering);
    const texts = [place.current?.textContent ?? ""];
    if (asksAgain) await ask();
    await new Promise((drawn) => setTimeout(drawn, 50));
    texts.push(place.current?.textContent ?? "");
    const report: Report = { from: "window", page, walk, texts, source };
    if (isThere()) channel.postMessage(report);
  });
  const listen = useEffectEvent(() => void ask());

  // biome-ignore lint/correctness/useExhaustiveDependencies: `page` and `walk` are read by `arrive`, and a change of either is a new visit.
  useEffect(() => {
    let isThere = true;
    const channel = new BroadcastChannel(channelName(run));
    channel.onmessage = ({ data }: MessageEvent<Order>) => obey(data);
    void arrive(channel, () => isThere);
    const timer = isTold ? setInterval(() => listen(), 100) : undefined;
    return () => {
      isThere = false;
      clearInterval(timer);
      channel.close();
    };
  }, [run, walk, page, isTold]);

  return (
    <section aria-label="The account">
      <h1 className="text-sm font-semibold text-dim">{page === "router-account" ? "Account" : "Another page"}</h1>
      <p ref={place} className="min-h-7 text-lg font-semibold">
        {said}
      </p>
      <p className="mt-2 text-13 text-dim">A window of a play goes between two pages like this one.</p>
    </section>
  );
}
