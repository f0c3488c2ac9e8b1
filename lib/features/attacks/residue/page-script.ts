/** What the script of a page is written with. */
export type ScriptSettings = {
  /** The channel on which the play's own page hears what is seen, and says where to go. */
  readonly channel: string;
  readonly page: string;
  readonly walk: string;
  /** Where the page asks who is logged in. */
  readonly address: string;
  /** The page is empty when it comes, and asks with a token. */
  readonly byToken: boolean;
  readonly asksAgain: boolean;
  readonly isTold: boolean;
};

/** The orders on which a page is left. */
type Leaving = {
  readonly forget?: true;
  readonly back?: { readonly from: string; readonly steps: number };
  readonly go?: string;
  readonly close?: true;
};

/**
 * The script of a page of the account. It runs in that page alone: its text is sent there, so it uses nothing from
 * outside itself.
 */
export function pageScript({ channel: name, page, walk, address, byToken, asksAgain, isTold }: ScriptSettings): void {
  const text = document.querySelector<HTMLElement>("#seen");
  const from = window.top === window ? "window" : "frame";
  let token: string | null = null;
  let channel: BroadcastChannel | null = null;

  /** What a person sees of the account. */
  const seen = (): string => (text && !text.hidden ? text.textContent : "");

  async function ask(cache: RequestCache): Promise<void> {
    const answer = await fetch(address, { cache, headers: token === null ? {} : { authorization: `Bearer ${token}` } });
    if (!text) return;
    text.textContent = await answer.text();
    text.hidden = false;
  }

  /** How what is shown came here. */
  function sourceOf(persisted: boolean): string {
    if (persisted) return "back-forward-cache";
    const [loaded] = byToken
      ? (performance.getEntriesByName(new URL(address, location.href).href) as PerformanceResourceTiming[])
      : (performance.getEntriesByType("navigation") as PerformanceNavigationTiming[]);
    const delivery = loaded && "deliveryType" in loaded ? loaded.deliveryType : "";
    if (delivery === "navigational-prefetch") return "prefetch";
    return delivery === "cache" || loaded?.transferSize === 0 ? "http-cache" : "server";
  }

  function tell(texts: readonly string[], source: string): void {
    channel?.postMessage({ from, page, walk, texts, source });
  }

  async function show(persisted: boolean): Promise<void> {
    const texts = [seen()];
    if (asksAgain) await ask("no-store");
    // Without a token in its variable the page has nothing to show. It may get one yet, so this is kept nowhere.
    else if (byToken && !persisted) await ask(page === "cached" ? "default" : "no-store");
    texts.push(seen());
    tell(texts, sourceOf(persisted));
  }

  async function hear({ data: order }: MessageEvent): Promise<void> {
    if (order.to !== from || (order.walk !== walk && order.walk !== "")) return;
    if (order.tell) tell([seen()], "open");
    leave(order);
    if (!order.token) return;
    token = order.token;
    await ask("default");
    tell([seen()], "server");
  }

  function leave(order: Leaving): void {
    if (order.forget) token = null;
    if (order.back?.from === page) history.go(-order.back.steps);
    if (order.go) location.href = order.go;
    if (order.close) window.close();
  }

  addEventListener("pagehide", () => {
    if (asksAgain && text) text.hidden = true;
    // An open channel would keep the page out of the back/forward cache.
    channel?.close();
  });
  addEventListener("pageshow", ({ persisted }) => {
    channel = new BroadcastChannel(name);
    channel.onmessage = (message) => void hear(message);
    void show(persisted);
  });
  if (isTold) setInterval(() => void ask("no-store"), 100);
}
