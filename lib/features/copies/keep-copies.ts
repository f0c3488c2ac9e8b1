import type { FlowModule } from "../../core/flow.ts";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import { type Clock, type Instant, second } from "../../core/time.ts";
import type { Role, UserId } from "../../core/user.ts";
import type { AnsweredCall, LabContext } from "../../http/application.ts";
import { lookAtCredential } from "../../http/request/look-at-credential.ts";
import type { CopiesView } from "../../lab/feed/copies-view.ts";
import type { Plug } from "../../lab/feed/plug.ts";
import { insideDeviceOf } from "../../lab/inside-devices.ts";
import { labClock } from "../../lab/lab.ts";
import type { LabMemory } from "../../lab/memory/lab-memory.ts";
import type { LabMoment } from "../../lab/reason/lab-since.ts";
import { CopiesOfLab, type Look, type LookedAt, type NewLogin, type Pulling, type Reason } from "./copies-of-lab.ts";
import { heldAfter, issuedBy } from "./issued-by.ts";

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
  readonly memory: Pick<LabMemory, "byLab">;
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
  const { labMode, flows, systemClock, findLabContext, isStreamed, show, reason, report, memory } = options;
  const labs = memory.byLab<Kept>("copies", labsKept);
  let timer: ReturnType<typeof setInterval> | undefined;
  let isClosed = false;

  function keptOf(labId: string): Kept {
    const kept = labs.get(labId) ?? { copies: new CopiesOfLab(), turn: Promise.resolve(), isLooking: false };
    labs.set(labId, kept);
    return kept;
  }

  function inTurn(labId: string, kept: Kept, act: () => Promise<void>): void {
    const turn = kept.turn.then(async () => {
      if (isClosed || labs.get(labId) !== kept) return;
      await act();
      show(labId, kept.copies.view(labId, reason));
    });
    kept.turn = turn.catch(report);
  }

  async function look(labId: string, copies: CopiesOfLab, those: readonly LookedAt[]): Promise<void> {
    const context = await findLabContext(labId);
    if (!context) return void labs.delete(labId);
    const roleOf = rolesIn(context);
    await Promise.all(
      those.map(async (copy) => {
        const found = await lookAt(context, copy, roleOf);
        if (found) copies.saw(copy, found);
      }),
    );
  }

  /** `null`: its store does not answer, which is no verdict. */
  async function lookAt(context: LabContext, copy: LookedAt, roleOf: RoleOf): Promise<Look | null> {
    const module = flows.find(({ manifest }) => manifest.id === copy.flow);
    if (!module) return null;
    const { value: credential, credential: as, login } = copy;
    const asked = context.clock.now();
    const began = performance.now();
    try {
      const found = await lookAtCredential(context, { module, credential, as, client: login.client });
      const lab = momentOf(context);
      if (!found.ok) {
        if (found.code === "STORE_UNAVAILABLE") return null;
        return { asked, began, lab, accepted: false, code: found.code, at: found.at ?? null };
      }
      const { user, expiresAt: until } = found.value;
      const authority = (await roleOf(user.id)) === user.role ? "current" : "stale";
      return { asked, began, lab, accepted: true, role: user.role, authority, until };
    } catch (error) {
      if (error instanceof StoreUnavailable) return null;
      throw error;
    }
  }

  async function pull(labId: string, { copies }: Kept, plug: Plug, pulling: Pulling, at: Instant) {
    if (plug.kind !== "clock") {
      const meant = copies.meantBy(plug, pulling);
      copies.mark(meant, plug, at);
      return meant.length > 0 ? look(labId, copies, copies.all) : undefined;
    }
    // Time ends only what has reached its end.
    const before = copies.all.filter((copy) => copies.refusalOf(copy) === null);
    await look(labId, copies, before);
    const ended = before.filter((copy) => copies.refusalOf(copy) === "EXPIRED");
    copies.mark(ended, plug, at);
  }

  function begin(labId: string, login: NewLogin): void {
    const kept = keptOf(labId);
    inTurn(labId, kept, async () => {
      kept.copies.add(login);
      if (isStreamed(labId)) await look(labId, kept.copies, kept.copies.all);
      startLooking();
    });
  }

  function startLooking(): void {
    if (isClosed) return;
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
    inTurn(labId, kept, () =>
      look(labId, kept.copies, kept.copies.running).finally(() => {
        kept.isLooking = false;
      }),
    );
  }

  return {
    /** Told of every call of a lab that was answered, before the answer is sent. Does not wait for a look. */
    async answered(call: AnsweredCall): Promise<void> {
      const { context, cameIn, flow, flowRequest, plug, handed, sets } = call;
      if (!labMode) return;
      const labId = context.lab.id;
      if (handed?.begins) {
        const module = flows.find(({ manifest }) => manifest.id === flow);
        const { client } = flowRequest;
        // An admin's computer only acts on others.
        if (!module || insideDeviceOf(client.userAgent) === "admin") return;
        const { user, recordId = null } = handed.grant;
        const issued = issuedBy(call, module);
        return begin(labId, { flow: module.manifest.id, user, client, lab: momentOf(context), recordId, issued });
      }
      const kept = labs.get(labId);
      // Most calls change no credential and pull no plug.
      if (!kept || !(plug || handed || sets)) return;
      const sent = call.sent();
      const held = new Map(flows.map((module) => [module.manifest.id, heldAfter(call, module)]));
      const isRenewed = [...held.values()].some((values) => values.some((each) => !sent.includes(each)));
      if (!plug && !isRenewed) return;
      const systemAt = systemClock.now();
      inTurn(labId, kept, async () => {
        if (plug) {
          // The call itself may have moved the lab's clock.
          const now = await findLabContext(labId);
          const at = labClock({ now: () => systemAt }, now?.lab.clockOffset ?? 0).now();
          if (now) await pull(labId, kept, plug, { sent, cameIn }, at);
          startLooking();
        }
        for (const login of kept.copies.ownersOf(sent))
          kept.copies.renew(login, held.get(login.flow) ?? [], handed?.grant.recordId);
      });
    },

    /** The state now. Without copies where no login of this lab was seen, as after a restart of the process. */
    view: (labId: string): CopiesView => (labs.get(labId)?.copies ?? new CopiesOfLab()).view(labId, reason),

    /** When all that was told so far is handled. */
    settled: (labId: string): Promise<void> => Promise.resolve(labs.get(labId)?.turn).then(() => undefined),

    /** Looks no more. Resolves when the looks under way have ended, since they read the database. */
    async close(): Promise<void> {
      isClosed = true;
      stopLooking();
      await Promise.all([...labs].map(([, { turn }]) => turn));
    },
  };
}

function momentOf({ lab: { createdAt, clockOffset }, clock }: LabContext): LabMoment {
  return { createdAt, clockOffset, now: clock.now() };
}

/** The role that a person has now. */
type RoleOf = (user: UserId) => Promise<Role | undefined>;

/** Each person is read once for a round of looks. */
function rolesIn({ people }: LabContext): RoleOf {
  // Bounded: by the people of one lab; it ends with a round of looks.
  const read = new Map<UserId, Promise<Role | undefined>>();
  return (user) => {
    const role = read.get(user) ?? people.find(user).then((person) => person?.role);
    read.set(user, role);
    return role;
  };
}
