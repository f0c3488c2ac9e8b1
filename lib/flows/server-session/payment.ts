import type { LoginCookie } from "../../core/cookie.ts";
import { type AuthFlow, acting } from "../../core/flow.ts";
import { elevatedUntil, type Principal } from "../../core/login.ts";
import type { FlowDeps, Records } from "../../core/ports.ts";
import type { LoginRecord } from "../../core/record.ts";
import type { FlowRequest } from "../../core/request.ts";
import { ok, type Result } from "../../core/result.ts";
import { succeed } from "../../core/succession.ts";
import { type Instant, minute } from "../../core/time.ts";
import type { Identity } from "../../core/user.ts";
import { judgeRecord } from "../../core/validity.ts";
import type { DependentSessions } from "./flow.ts";

/** Strict: links and forms of other sites do not carry it. */
export const paymentCookie = {
  name: "__Host-payment",
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "strict",
} as const satisfies LoginCookie;

/** Counted from its opening, also in use. */
const lasts = 15 * minute;

/** A live payment session. */
export type PaymentSession = { readonly user: Identity; readonly openedAt: Instant; readonly expiresAt: Instant };

/** Short sessions for paying, beside an ordinary login. They end with it at the latest. */
export type PaymentSessions = {
  /** Needs a login whose password was given lately: else REAUTHENTICATION_REQUIRED. A login has one payment session. */
  open(request: FlowRequest): Promise<Result<PaymentSession>>;
  /** The payment session of this request's login. Extends neither of the two. */
  look(request: FlowRequest): Promise<Result<PaymentSession>>;
  /** Ends the payment session and leaves the login. Succeeds also without one. */
  end(request: FlowRequest): Promise<Result<null>>;
};

type PaymentOptions = {
  /** Creates the flow of the logins. */
  create(deps: FlowDeps & { readonly dependents: DependentSessions }): AuthFlow;
  readonly deps: FlowDeps;
  /**
   * The records of payment sessions. They are apart from those of logins, so an id of one kind is never found as the
   * other.
   */
  readonly records: Records;
};

/** Creates the payment sessions, and the flow of the logins, which ends payment sessions with their login. */
export function createLoginsAndPayments({ create, deps, records }: PaymentOptions): {
  readonly flow: AuthFlow;
  readonly payments: PaymentSessions;
} {
  const dependents = createPayments(deps, records);
  const flow = create({ ...deps, dependents });
  return { flow, payments: { ...dependents.sessionsOf(flow.authenticate), end: dependents.end } };
}

/**
 * A second random id, in a cookie of its own, for a record in a store of its own (WSTG-SESS-08). It counts only
 * together with the login that it was opened beside: one of the two cookies alone pays for nothing.
 */
function createPayments(deps: FlowDeps, payments: Records) {
  const { variant, users, records, secrets, random, clock, log, refuse } = deps;

  async function lookUp(request: FlowRequest): Promise<LoginRecord | null> {
    const id = request.cookies.get(paymentCookie.name)?.value;
    return id ? payments.find(secrets.hash(id), { fresh: true }) : null;
  }

  async function add(request: FlowRequest, login: Principal): Promise<Result<LoginRecord>> {
    const now = clock.now();
    const user = await users.find(login.user.id, { fresh: true });
    if (!user) return refuse("REVOKED");
    const previous = (await payments.list(user.id, now)).filter((each) => isBeside(each.id, login.recordId));
    const id = secrets.mint();
    const record: LoginRecord = {
      // Holds the public id of its login.
      id: `${login.recordId}.${random.id()}`,
      key: secrets.hash(id),
      variant,
      userId: user.id,
      userVersion: user.version,
      createdAt: now,
      lastSeenAt: now,
      authenticatedAt: login.authenticatedAt,
      elevatedUntil: elevatedUntil(login),
      idleFor: lasts,
      idleEndsAt: now + lasts,
      endsAt: now + lasts,
      remembered: false,
      ...request.client,
      ended: null,
    };
    const store = {
      add: () => payments.add(record),
      replace: (each: LoginRecord) => payments.replace(each, record, { keepsData: false }),
      end: (each: LoginRecord) => payments.end(each.id, { at: now, reason: "replaced" }, { key: each.key }),
    };
    const kept = await succeed(deps, previous, store, { renews: false });
    if (!kept.ok) return kept;
    request.cookies.set(paymentCookie.name, id, { ...paymentCookie, maxAge: lasts / 1000 });
    return ok(record);
  }

  const sessionsOf = (authenticate: AuthFlow["authenticate"]): Pick<PaymentSessions, "open" | "look"> => ({
    async open(request) {
      const login = await authenticate(request, acting);
      if (!login.ok) return login;
      if (clock.now() > elevatedUntil(login.value)) return refuse("REAUTHENTICATION_REQUIRED");
      const record = await add(request, login.value);
      if (!record.ok) return record;
      log.record({ type: "payment-opened", userId: record.value.userId, recordId: record.value.id });
      return ok(sessionOf(record.value, login.value));
    },

    async look(request) {
      if (!request.cookies.get(paymentCookie.name)) return refuse("NO_CREDENTIAL");
      const login = await authenticate(request, { ...acting, touch: false });
      if (!login.ok) return login;
      const record = await lookUp(request);
      if (!record) return refuse("INVALID_CREDENTIAL");
      const judged = judgeRecord(deps, record);
      if (!judged.ok) return judged;
      // Opened beside another login, so its sender has a copied cookie.
      if (!isBeside(record.id, login.value.recordId)) return refuse("INVALID_CREDENTIAL");
      return ok(sessionOf(record, login.value));
    },
  });

  const dependents: DependentSessions & Pick<PaymentSessions, "end"> = {
    async end(request) {
      const record = await lookUp(request);
      const ended =
        record && (await payments.end(record.id, { at: clock.now(), reason: "logout" }, { key: record.key }));
      if (request.cookies.get(paymentCookie.name)) {
        request.cookies.set(paymentCookie.name, "", { ...paymentCookie, maxAge: 0 });
      }
      if (ended) log.record({ type: "payment-ended", userId: record.userId, recordId: record.id });
      return ok(null);
    },

    async endOrphans(user, reason) {
      const now = clock.now();
      const open = await payments.list(user, now);
      if (open.length === 0) return;
      const logins = await records.list(user, now);
      for (const { id, key } of open) {
        if (!logins.some((login) => isBeside(id, login.id))) await payments.end(id, { at: now, reason }, { key });
      }
    },
  };
  return { ...dependents, sessionsOf };
}

function isBeside(payment: string, login: string | undefined): boolean {
  return login !== undefined && payment.startsWith(`${login}.`);
}

function sessionOf({ createdAt, endsAt }: LoginRecord, { user }: Principal): PaymentSession {
  return { user, openedAt: createdAt, expiresAt: endsAt };
}
