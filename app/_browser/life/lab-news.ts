import type { FlowId } from "@/lib/core/ids.ts";
import type { LabView } from "@/lib/lab/lab-view.ts";

/** One life of a lab. Its id stays when it is made anew, since the browser still has its cookie. */
type Life = Pick<LabView["lab"], "madeAt" | "expiresAt">;

/** What a page remembers of the lab that it shows. */
export type KnownLab = {
  readonly id: string;
  /** The life that this page began with, or in which a login was last accepted. */
  readonly seen: Life;
  /** The life in which each flow's login was last accepted. It is remembered for as long as the browser holds the login. */
  readonly logins: Readonly<Record<FlowId, Life>>;
};

/** The lab that a page shows is a new one. */
export type LabNews = {
  /** When the lab before it ended by itself; `null`: the server lost it, or somebody reset it elsewhere. */
  readonly endedAt: string | null;
  /** The flows whose credentials in this browser are of the lab before. */
  readonly flows: readonly FlowId[];
};

/** Compares an answer of the server with what the page remembers. Answers what to remember from now on, and the news. */
export function judgeLab(known: KnownLab | null, view: LabView): { known: KnownLab; news: LabNews | null } {
  const { id, madeAt, expiresAt } = view.lab;
  const now: Life = { madeAt, expiresAt };
  const before: KnownLab = known?.id === id ? known : { id, seen: now, logins: {} };
  const held = Object.entries(view.held);
  const logins = Object.fromEntries(
    held.flatMap(([flow, { login, credentials }]) => {
      const life = login.accepted ? now : before.logins[flow];
      return life && credentials.length > 0 ? [[flow, life] as const] : [];
    }),
  );
  const earlier = Object.entries(logins).filter(([, life]) => life.madeAt !== madeAt);
  const isUsed = held.some(([, { login }]) => login.accepted);
  const seen = isUsed ? now : before.seen;
  const [, life = seen] = earlier[0] ?? [];
  const endedAt = hasEnded(life, view) ? life.expiresAt : null;
  // Without a login from before, only the end of a lab is news: nothing else tells a page that its lab was lost.
  const isNews = earlier.length > 0 || (seen.madeAt !== madeAt && endedAt !== null);
  return {
    known: { id, seen, logins },
    news: isNews ? { endedAt, flows: earlier.map(([flow]) => flow) } : null,
  };
}

function hasEnded({ expiresAt }: Life, { clock }: LabView): boolean {
  return expiresAt !== null && Date.parse(expiresAt) <= Date.parse(clock.systemNow);
}
