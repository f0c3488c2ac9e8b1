import { type Seen, saysBalance, type Walk } from "@/lib/features/attacks/residue/model.ts";
import { addressIn, clearing, seenOf, type WalkTools } from "./play-walk.ts";
import { routerPages } from "./router-pages.ts";

/** The address of a page of this application that the router shows, in one walk. */
function routerAddress(run: string, { id, flow, defence }: Walk, page: keyof typeof routerPages): string {
  return `${routerPages[page]}?${new URLSearchParams({ flow, defence, walk: id, run })}`;
}

/** Opens the first of these pages. From there the router leads on, without another document. */
export async function openRouter(walk: Walk, { run, channel }: WalkTools): Promise<void> {
  const go = routerAddress(run, walk, "left");
  await channel.ask({ to: "window", walk: "", go }, "window", "router-left", walk.id);
}

/** A page that the server rendered is left by a link, the login ends, and the router goes back. */
export async function playRouter(walk: Walk, { run, channel, logIn }: WalkTools): Promise<Seen | null> {
  const at = (page: keyof typeof routerPages) => routerAddress(run, walk, page);
  const { end } = await logIn(walk);
  const account = ["window", "router-account", walk.id] as const;
  const before = await channel.ask({ to: "window", walk: "", push: at("account") }, ...account);
  await channel.ask({ to: "window", walk: walk.id, push: at("left") }, "window", "router-left", walk.id);
  await end();
  await clearing(addressIn(run, walk), walk.defence);
  const back = { from: "router-left", steps: 1 };
  const seen = seenOf(await channel.ask({ to: "window", walk: walk.id, back }, ...account));
  return saysBalance.test(before.texts.at(-1) ?? "") ? seen : { texts: [], source: "server" };
}
