import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { pageScript, type ScriptSettings } from "./page-script.ts";

type Sent = { readonly texts: readonly string[]; readonly source: string };

/** As much of a browser as the script uses: one page, its channel, and a server that refuses. */
function browser() {
  const text = { textContent: "alice has 100 coins", hidden: false };
  const listeners = new Map<string, (event: object) => void>();
  const sent: Sent[] = [];
  const asked: { cache: string; authorization: string | undefined }[] = [];
  let channel: { onmessage?: (message: object) => void; closed: boolean } = { closed: true };
  vi.stubGlobal("window", { top: null, close: vi.fn() });
  vi.stubGlobal("document", { querySelector: () => text });
  vi.stubGlobal("location", { href: "http://app.localhost:3000/residue/account" });
  vi.stubGlobal("history", { go: vi.fn() });
  vi.stubGlobal("performance", { getEntriesByType: () => [], getEntriesByName: () => [] });
  vi.stubGlobal("addEventListener", (name: string, listener: (event: object) => void) => listeners.set(name, listener));
  vi.stubGlobal(
    "BroadcastChannel",
    class {
      closed = false;
      constructor() {
        channel = this;
      }
      postMessage(message: Sent) {
        sent.push(message);
      }
      close() {
        this.closed = true;
      }
    },
  );
  vi.stubGlobal("fetch", async (_: string, { cache, headers }: { cache: string; headers: Record<string, string> }) => {
    asked.push({ cache, authorization: headers["authorization"] });
    return new Response("refused REVOKED");
  });
  return {
    ...{ text, sent, asked },
    fire: async (name: "pageshow" | "pagehide", persisted = false) => {
      listeners.get(name)?.({ persisted });
      await vi.advanceTimersByTimeAsync(0);
    },
    order: async (order: object) => {
      channel.onmessage?.({ data: { to: "frame", walk: "one", ...order } });
      await vi.advanceTimersByTimeAsync(0);
    },
    isClosed: () => channel.closed,
  };
}

const settings: ScriptSettings = {
  ...{ channel: "residue-here", page: "account", walk: "one", address: "/residue/data" },
  ...{ byToken: false, asksAgain: false, isTold: false },
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  // First: what a test put in the place of a fake timer would put that one back.
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the script of a page of the account", () => {
  test("without a defence shows what it was left with, and asks nobody", async () => {
    const { sent, asked, fire } = browser();
    pageScript(settings);
    await fire("pagehide", true);
    await fire("pageshow", true);
    expect(sent.at(-1)).toMatchObject({
      ...{ from: "frame", page: "account", walk: "one", source: "back-forward-cache" },
      texts: ["alice has 100 coins", "alice has 100 coins"],
    });
    expect(asked).toEqual([]);
  });

  test("that asks again hides the page when it is left, and shows the server's answer when it comes back", async () => {
    const { text, sent, asked, fire } = browser();
    pageScript({ ...settings, asksAgain: true });
    await fire("pagehide", true);
    expect(text.hidden).toBe(true);
    await fire("pageshow", true);
    expect(asked).toEqual([{ cache: "no-store", authorization: undefined }]);
    expect(sent.at(-1)?.texts).toEqual(["", "refused REVOKED"]);
  });

  test("that is told asks while the page is open; another one does not", async () => {
    const { text, asked } = browser();
    pageScript(settings);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual([]);
    pageScript({ ...settings, isTold: true });
    await vi.advanceTimersByTimeAsync(100);
    expect([asked.length, text.textContent]).toEqual([1, "refused REVOKED"]);
  });

  test("asks with the token that it was given, until it forgets it", async () => {
    const { asked, fire, order } = browser();
    pageScript({ ...settings, byToken: true, asksAgain: true });
    await fire("pageshow");
    await order({ token: "secret" });
    await order({ forget: true });
    await fire("pageshow", true);
    expect(asked.map(({ authorization }) => authorization)).toEqual([undefined, "Bearer secret", undefined]);
  });

  test("goes back where the order is for this very page of its walk", async () => {
    const { fire, order } = browser();
    pageScript(settings);
    await fire("pageshow");
    await order({ back: { from: "left", steps: 2 } });
    expect(history.go).not.toHaveBeenCalled();
    await order({ back: { from: "account", steps: 2 } });
    expect(history.go).toHaveBeenCalledExactlyOnceWith(-2);
  });

  test("closes its channel when the page is left, and obeys no order for another walk", async () => {
    const { sent, fire, order, isClosed } = browser();
    pageScript(settings);
    await fire("pageshow");
    const before = sent.length;
    await order({ walk: "another", tell: true });
    expect(sent.length).toBe(before);
    await order({ tell: true });
    expect(sent.at(-1)).toMatchObject({ texts: ["alice has 100 coins"], source: "open" });
    await fire("pagehide");
    expect(isClosed()).toBe(true);
  });
});
