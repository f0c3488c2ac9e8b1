import type { FlowModule } from "../../core/flow.ts";
import type { Client } from "../../core/request.ts";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import { type Clock, type Instant, second } from "../../core/time.ts";
import type { AnsweredCall, LabContext } from "../../http/application.ts";
import { lookAtCredential } from "../../http/request/look-at-credential.ts";
import type { CopiesView } from "../../lab/feed/copies-view.ts";
import { labClock } from "../../lab/lab.ts";
import type { LabMoment } from "../../lab/reason/lab-since.ts";
import { CopiesOfLab, type Look, type LookedAt, type Reason } from "./copies-of-lab.ts";
import { issuedBy } from "./issued-by.ts";
import { type Plug, plugOf } from "./plug-of-call.ts";

const every = second;
/** The copies of the labs that logged in last. Each lab has a few dozen of at most 4 kB. */
const labsKept = 500;

export type CopiesOptions = {
  readonly labMode: boolean;
  readonly flows: readonly FlowModule[];
  readonly systemClock: Clock;
  findLabContext(labId: string): Promise<LabContext | null>;
  /** A page has the lab's stream open. */
  isStreamed(labId: string): boolean;
  show(labId: string, view: CopiesView): void;
  readonly reason: Reason;
  report(error: unknown): void;
};

type Kept = {
  readonly copies: CopiesOfLab;
  /** What happens in one lab is handled in its order. */
  turn: Promise<unknown>;
  /** A round of looks has not ended yet. */
  isLooking: boolean;
};

/**
 * Keeps a copy of each credential that a login in a lab hands out, as a thief would, in this process's memory. After a
 * plug was pulled, and while a page watches, it looks at the copies once a second. Lab mode only.
 */
export function createCopies(options: CopiesOptions) {
  const ids = options.flows.map(({ manifest }) => manifest.id);
  const { labMode, flows, systemClock, findLabContext, isStreamed, show, reason, report } = options;
  const labs = new Map<string, Kept>();
  let timer: ReturnType<typeof setInterval> | undefined;

  function keptOf(labId: string): Kept {
    const kept = labs.get(labId) ?? { copies: new CopiesOfLab(), turn: Promise.resolve(), isLooking: false };
    labs.delete(labId);
    labs.set(labId, kept);
    for (const oldest of [...labs.keys()].slice(0, -labsKept)) labs.delete(oldest);
    return kept;
  }

  function inTurn(labId: string, kept: Kept, act: () => Promise<void>): Promise<void> {
    const turn = kept.turn.then(async () => {
      if (labs.get(labId) !== kept) return;
      await act();
      show(labId, kept.copies.view(labId, reason));
    });
    kept.turn = turn.catch(report);
    return kept.turn.then(() => undefined);
  }

  async function look(labId: string, copies: CopiesOfLab, those: readonly LookedAt[]): Promise<void> {
    const context = await findLabContext(labId);
    if (!context) labs.delete(labId);
    else await Promise.all(those.map(async (copy) => sawOf(copies, copy, await lookAt(context, copy))));
  }

  function sawOf(copies: CopiesOfLab, copy: LookedAt, found: Look | null): void {
    if (found) copies.saw(copy, found);
  }

  /** `null`: its store does not answer, which is no verdict. */
  async function lookAt(context: LabContext, copy: LookedAt): Promise<Look | null> {
    const module = flows.find(({ manifest }) => manifest.id === copy.flow);
    if (!module) return null;
    const { value: credential, credential: as, client } = copy;
    const asked = context.clock.now();
    try {
      const found = await lookAtCredential(context, { module, credential, as, client });
      const lab = momentOf(context);
      if (!found.ok) {
        if (found.code === "STORE_UNAVAILABLE") return null;
        return { asked, lab, accepted: false, code: found.code, at: found.at ?? null };
      }
      const { user, expiresAt: until, recordId } = found.value;
      const today = await context.people.find(user.id);
      const authority = today?.role === user.role ? "current" : "stale";
      return { asked, lab, accepted: true, role: user.role, authority, until, recordId };
    } catch (error) {
      if (error instanceof StoreUnavailable) return null;
      throw error;
    }
  }

  async function pull(labId: string, { copies }: Kept, plug: Plug, client: Client, at: Instant): Promise<void> {
    if (plug.kind !== "clock") {
      copies.mark(copies.meantBy(plug, client), plug, at);
      return look(labId, copies, copies.all);
    }
    // Time ends only what has reached its end.
    const before = copies.all.filter((copy) => !copies.isRefused(copy));
    await look(labId, copies, before);
    copies.mark(
      before.filter((copy) => copies.isRefused(copy)),
      plug,
      at,
    );
  }

  function startLooking(): void {
    timer ??= setInterval(() => {
      const running = [...labs].filter(([, { copies }]) => copies.running.length > 0);
      if (running.length === 0) stopLooking();
      for (const [labId, kept] of running) if (isStreamed(labId)) lookOnce(labId, kept);
    }, every).unref();
  }

  function stopLooking(): void {
    clearInterval(timer);
    timer = undefined;
  }

  /** A round that takes longer than a second delays the next one. */
  function lookOnce(labId: string, kept: Kept): void {
    if (kept.isLooking) return;
    kept.isLooking = true;
    void inTurn(labId, kept, () => look(labId, kept.copies, kept.copies.running)).finally(() => {
      kept.isLooking = false;
    });
  }

  return {
    /** Told of every call of a lab that was answered, before the answer is sent. Does not wait for a look. */
    async answered(call: AnsweredCall): Promise<void> {
      if (!labMode) return;
      const { context, method, path, flowRequest, response } = call;
      const labId = context.lab.id;
      const module = flows.find(({ manifest }) => path === `/api/${manifest.id}/login`);
      if (module && method === "POST" && response.ok) {
        const login = await issuedBy(call, module);
        const kept = keptOf(labId);
        const lab = momentOf(context);
        if (!login) return;
        void inTurn(labId, kept, async () => {
          kept.copies.add({ ...login, lab });
          // It learns the record of the login, which a later plug may name.
          if (isStreamed(labId)) await look(labId, kept.copies, kept.copies.all);
        });
        return;
      }
      const kept = labs.get(labId);
      const plug = kept && plugOf(call, ids);
      if (!plug) return;
      const systemAt = systemClock.now();
      void inTurn(labId, kept, async () => {
        // The call itself may have moved the lab's clock.
        const now = await findLabContext(labId);
        if (now)
          await pull(
            labId,
            kept,
            plug,
            flowRequest.client,
            labClock({ now: () => systemAt }, now.lab.clockOffset).now(),
          );
        startLooking();
      });
    },

    /** The state for a page's first drawing; `null`: no login was seen in this lab. */
    view: (labId: string): CopiesView | null => labs.get(labId)?.copies.view(labId, reason) ?? null,

    /** When all that was told so far is handled. */
    settled: (labId: string): Promise<void> => Promise.resolve(labs.get(labId)?.turn).then(() => undefined),

    forget(labId: string): void {
      labs.delete(labId);
    },

    close: stopLooking,
  };
}

function momentOf({ lab: { createdAt, clockOffset }, clock }: LabContext): LabMoment {
  return { createdAt, clockOffset, now: clock.now() };
}
