import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { channelName, type Order, openChannel, type PlayChannel, type Report } from "./play-channel.ts";

const report = (changes: Partial<Report> = {}): Report => ({
  ...{ from: "frame", page: "plain", walk: "tab", texts: ["first"], source: "server" },
  ...changes,
});

describe("the channel of a play", () => {
  let page: BroadcastChannel;
  let channel: PlayChannel;
  beforeEach(() => {
    channel = openChannel("run");
    page = new BroadcastChannel(channelName("run"));
  });
  afterEach(() => {
    page.close();
    channel.close();
  });

  /** What the page says has arrived. */
  async function reported(said: Report): Promise<void> {
    const arrived = new BroadcastChannel(channelName("run"));
    const heard = new Promise((resolve) => arrived.addEventListener("message", resolve, { once: true }));
    page.postMessage(said);
    await heard;
    arrived.close();
  }

  test("does not lose a report that came before it was waited for", async () => {
    await reported(report());
    expect(await channel.ask(null, "frame", "plain", "tab")).toEqual(report());
  });

  test("answers an order with the next report, not with an earlier one", async () => {
    await reported(report());
    page.addEventListener("message", () => page.postMessage(report({ texts: ["second"] })), { once: true });
    const answer = await channel.ask({ to: "frame", walk: "tab", tell: true }, "frame", "plain", "tab");
    expect(answer.texts).toEqual(["second"]);
  });

  test("asks for a step back again until the page comes, and for nothing else", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
    const orders: Order[] = [];
    const second = Promise.withResolvers<void>();
    page.addEventListener("message", ({ data }: MessageEvent<Order>) => {
      orders.push(data);
      if (orders.filter(({ back }) => back).length === 2) second.resolve();
    });
    const back = { from: "left", steps: 1 };
    const gone = channel.ask({ to: "window", walk: "one", back }, "window", "account", "one");
    const told = channel.ask({ to: "frame", walk: "tab", tell: true }, "frame", "plain", "tab");
    vi.advanceTimersByTime(4000);
    await second.promise;
    await reported(report({ from: "window", page: "account", walk: "one" }));
    await reported(report());
    await Promise.all([gone, told]);
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    await reported(report());
    expect(orders.filter((order) => order.back)).toHaveLength(2);
    expect(orders.filter((order) => order.tell)).toHaveLength(1);
  });

  test("names the page that does not come", async () => {
    await reported(report({ walk: "another" }));
    await expect(channel.ask(null, "frame", "plain", "tab", 5)).rejects.toThrow(
      "The page plain of tab did not come in the second tab.",
    );
  });
});
