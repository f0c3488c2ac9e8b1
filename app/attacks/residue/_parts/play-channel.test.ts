import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { channelName, openChannel, type PlayChannel, type Report } from "./play-channel.ts";

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

  test("names the page that does not come", async () => {
    await reported(report({ walk: "another" }));
    await expect(channel.ask(null, "frame", "plain", "tab", 5)).rejects.toThrow(
      "The page plain of tab did not come in the second tab.",
    );
  });
});
