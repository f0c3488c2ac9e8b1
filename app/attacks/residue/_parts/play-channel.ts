import type { ResidueSource } from "@/lib/features/attacks/residue/model.ts";

/** What a page of a play says of itself, each time it is shown. */
export type Report = {
  readonly from: "window" | "frame";
  readonly page: string;
  readonly walk: string;
  readonly texts: readonly string[];
  readonly source: ResidueSource;
};

/** What a page of a play is told. Of the pages that are open only the one of that walk obeys; `""`: whichever is. */
export type Order = {
  readonly to: Report["from"];
  readonly walk: string;
  /** The address that it goes to. */
  readonly go?: string;
  /** The address that its router goes to. */
  readonly push?: string;
  /** The page that goes back, and so many steps of its history. */
  readonly back?: { readonly from: string; readonly steps: number };
  /** The token that it asks with from now on. */
  readonly token?: string;
  /** It forgets its token. */
  readonly forget?: true;
  /** It closes its window. */
  readonly close?: true;
  /** It says what it shows. */
  readonly tell?: true;
};

/**
 * After so long a step back is asked for again. Firefox keeps the history of a window in another process, and drops a step
 * from a page that is not noted there yet. What has gone back obeys no more, so it goes back once.
 */
const backAgainAfter = 4000;

export type PlayChannel = ReturnType<typeof openChannel>;

export function channelName(run: string): string {
  return `residue-${run}`;
}

/**
 * The channel between a play and its pages. The window has no opener, because a page with one is never kept in the
 * back/forward cache; so both meet on a channel that only their origin hears.
 */
export function openChannel(run: string) {
  const channel = new BroadcastChannel(channelName(run));
  // Bounded by the pages of a play, with which it goes.
  const heard = new Map<string, Report>();
  const nameOf = ({ from, page, walk }: Pick<Report, "from" | "page" | "walk">) => `${from} ${page} ${walk}`;
  channel.addEventListener("message", ({ data }: MessageEvent<Report>) => heard.set(nameOf(data), data));

  /**
   * Sends an order, and waits for the next report of that page in that walk. Without an order the page may have reported
   * before: its window is open sooner than the play begins to wait.
   */
  function ask(
    order: Order | null,
    from: Report["from"],
    page: string,
    walk: string,
    patience = 40_000,
  ): Promise<Report> {
    const name = nameOf({ from, page, walk });
    const early = order ? undefined : heard.get(name);
    if (early) return Promise.resolve(early);
    return new Promise((resolve, reject) => {
      const where = from === "frame" ? "the second tab" : "the window";
      const missing = new Error(`The page ${page} of ${walk} did not come in ${where}.`);
      const late = setTimeout(() => end(() => reject(missing)), patience);
      function hear({ data }: MessageEvent<Report>): void {
        if (nameOf(data) === name) end(() => resolve(data));
      }
      const again = order?.back && setInterval(() => channel.postMessage(order), backAgainAfter);
      function end(then: () => void): void {
        clearTimeout(late);
        clearInterval(again);
        channel.removeEventListener("message", hear);
        then();
      }
      channel.addEventListener("message", hear);
      if (order) channel.postMessage(order);
    });
  }

  let isOpen = true;
  return {
    ask,
    tell(order: Order): void {
      if (isOpen) channel.postMessage(order);
    },
    close(): void {
      isOpen = false;
      channel.close();
    },
  };
}
