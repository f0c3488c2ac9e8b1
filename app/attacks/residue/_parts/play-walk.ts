import {
  measuresOf,
  type PlayedWalk,
  type ResidueWay,
  type Seen,
  saysBalance,
  type Walk,
} from "@/lib/features/attacks/residue/model.ts";
import type { LoginOfWalk } from "./end-login.ts";
import type { PlayChannel, Report } from "./play-channel.ts";

type Way = Exclude<ResidueWay, "router">;

/** What a play has for each of its walks. */
export type WalkTools = {
  readonly run: string;
  readonly channel: PlayChannel;
  readonly logIn: (walk: Walk) => Promise<LoginOfWalk>;
  /** Walks in which the browser fetched a page ahead, and in which it did not. */
  readonly ahead: { came: number; missed: number };
};

/** Where an address of the application's account leads, in one walk. */
export function addressIn(run: string, walk: Walk) {
  const { id, flow, defence, end } = walk;
  const query = new URLSearchParams({ flow, defence, walk: id, run, ...(end === "memory" && { by: "token" }) });
  return (page: string): string => `/residue/${page}?${query}`;
}

/**
 * Looks at one login in every way but the router's, ends it once, and looks again. The order matters: a page that the
 * cache is to have is opened first, and the one that the back button leads to is left last. Answers whether the browser
 * fetched a page ahead, too.
 */
export async function playWalk(walk: Walk, tools: WalkTools): Promise<PlayedWalk & { readonly ahead: boolean }> {
  const { ahead, ...played } = walk.end === "memory" ? await byToken(walk, tools) : await byCookie(walk, tools);
  return { ...walk, ahead, before: played.before, seen: { ...played.seen, router: null } };
}

type Looked = { readonly before: string; readonly ahead: boolean; readonly seen: Readonly<Record<Way, Seen | null>> };

async function byCookie(walk: Walk, { run, channel, logIn, ahead: counted }: WalkTools): Promise<Looked> {
  const { id, defence } = walk;
  const at = addressIn(run, walk);
  const go = (page: string, after = id) => channel.ask({ to: "window", walk: after, go: at(page) }, "window", page, id);
  const { end } = await logIn(walk);
  await go("cached", "");
  const [account] = await Promise.all([
    go("account"),
    channel.ask({ to: "frame", walk: "", go: at("account") }, "frame", "account", id),
  ]);
  await go("left");
  const ahead = await arrivalAhead(at("ahead"), counted);
  await end();
  await clearing(at, defence);
  const tab = seenOf(await inTab(channel, id, measuresOf[defence].isTold));
  const prefetched = seenOf(await go("prefetched"));
  const back = seenOf(
    await channel.ask({ to: "window", walk: id, back: { from: "prefetched", steps: 2 } }, "window", "account", id),
  );
  const cached = seenOf(await go("cached"));
  return { before: toldBy(account.texts.at(-1) ?? ""), ahead, seen: { back, cached, prefetched, tab } };
}

/**
 * The page is empty when it comes, gets the token, and asks with it. Nothing else has the token, so there is no page of
 * the account to be fetched ahead, and another tab has another login.
 */
async function byToken(walk: Walk, { run, channel, logIn }: WalkTools): Promise<Looked> {
  const { id, defence } = walk;
  const at = addressIn(run, walk);
  const { token, end } = await logIn(walk);
  await channel.ask({ to: "window", walk: "", go: at("account") }, "window", "account", id);
  const account = await channel.ask({ to: "window", walk: id, token: token ?? "" }, "window", "account", id);
  await end();
  await channel.ask({ to: "window", walk: id, forget: true, go: at("left") }, "window", "left", id);
  await clearing(at, defence);
  const back = seenOf(
    await channel.ask({ to: "window", walk: id, back: { from: "left", steps: 1 } }, "window", "account", id),
  );
  const cached = seenOf(await channel.ask({ to: "window", walk: id, go: at("cached") }, "window", "cached", id));
  return {
    ...{ before: toldBy(account.texts.at(-1) ?? ""), ahead: false },
    seen: { back, cached, prefetched: null, tab: null },
  };
}

/** The server's answer to the logout tells the browser to forget, where that is the defence. */
export async function clearing(at: (page: string) => string, defence: Walk["defence"]): Promise<void> {
  if (measuresOf[defence].clears) await fetch(at("cleared"));
}

/** What the second tab shows. One that is told has a moment for it. */
async function inTab(channel: PlayChannel, id: string, isTold: boolean): Promise<Report> {
  const look = () => channel.ask({ to: "frame", walk: id, tell: true }, "frame", "account", id);
  let report = await look();
  for (let looks = 0; isTold && looks < 60 && saysBalance.test(report.texts[0] ?? ""); looks += 1) {
    await new Promise((next) => setTimeout(next, 50));
    report = await look();
  }
  if (!isTold) return report;
  // What it asked while the login ended has come as well then.
  await new Promise((asked) => setTimeout(asked, 250));
  return look();
}

/** So many walks wait long for a page that is fetched ahead, in a browser that has fetched none. Firefox does it when it is idle. */
const mostMissed = 2;

/** Waits until the browser has fetched the page that it was told of, or does not. */
async function arrivalAhead(address: string, counted: WalkTools["ahead"]): Promise<boolean> {
  const most = counted.came === 0 && counted.missed >= mostMissed ? 2 : 100;
  for (let looks = 0; looks < most; looks += 1) {
    if ((await (await fetch(address)).text()) === "true") {
      counted.came += 1;
      // The server has answered; the browser has to have read it.
      await new Promise((read) => setTimeout(read, 60));
      return true;
    }
    await new Promise((next) => setTimeout(next, 20));
  }
  counted.missed += 1;
  return false;
}

export function seenOf({ texts, source }: Report): Seen {
  return { texts: [...new Set(texts.map(toldBy))], source };
}

/** What a page says of the account, without its title. */
function toldBy(text: string): string {
  return saysBalance.exec(text)?.[0] ?? /refused [A-Z_]+/.exec(text)?.[0] ?? "";
}
