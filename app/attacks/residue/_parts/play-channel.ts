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
  /** So many steps of its history. */
  readonly back?: number;
  /** The token that it asks with from now on. */
  readonly token?: string;
  /** It forgets its token. */
  readonly forget?: true;
  /** It closes its window. */
  readonly close?: true;
  /** It says what it shows. */
  readonly tell?: true;
};

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

  /** Sends an order, if one is given. Waits for the next report of that page in that walk. */
  function ask(
    order: Order | null,
    from: Report["from"],
    page: string,
    walk: string,
    patience = 40_000,
  ): Promise<Report> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => end(() => reject(new Error(`The page ${page} did not come.`))), patience);
      function hear({ data }: MessageEvent<Report>): void {
        if (data.from === from && data.page === page && data.walk === walk) end(() => resolve(data));
      }
      function end(then: () => void): void {
        clearTimeout(late);
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
