// Trusts what its cookie says, if the encoding accepts the cookie. The server keeps no record of a login, so it cannot
// take a copy back, unless it also asks a revocation policy.

import type { LoginCookie } from "../../core/cookie.ts";
import type { AuthFlow } from "../../core/flow.ts";
import type { Grant, Principal } from "../../core/login.ts";
import type { FlowDeps, HowRead } from "../../core/ports.ts";
import type { FlowRequest } from "../../core/request.ts";
import { ok, type Result } from "../../core/result.ts";
import type { Data } from "../../core/session-data.ts";
import { endsOf } from "../../core/time.ts";
import { type Identity, identityOf, type User } from "../../core/user.ts";
import { dataIn } from "./data.ts";
import { personIn } from "./person.ts";
import { expiry, type State } from "./state.ts";

/** A state that still counts, and its person. */
type Current = { readonly state: State; readonly user: Identity };

/**
 * Max-Age is set only for a login to be remembered. Without it the cookie ends with the browser (NIST 5.1 restart) or
 * by the server's decision.
 */
export const cookie = {
  name: "__Host-login",
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "lax",
} as const satisfies LoginCookie;

export function createCookieFlow(deps: FlowDeps): AuthFlow {
  const { settings, users, revocation, cookieState, clock, log, refuse } = deps;
  const { lifetimes } = settings;
  const { stated, isStateHere, find } = personIn(deps);

  /**
   * Each login gets a new state, which replaces the one that this browser had (ASVS 7.2.2, WSTG-SESS-03). The server
   * keeps no count of logins (ASVS 7.1.2, WSTG-SESS-11).
   */
  async function start(request: FlowRequest, user: User, remembered: boolean, data?: Data): Promise<Result<Grant>> {
    const now = clock.now();
    const state: State = {
      user: stated(user),
      version: user.version,
      issuedAt: now,
      authenticatedAt: now,
      seenAt: now,
      ...endsOf(lifetimes, now, remembered),
      remembered,
      ...(data && { data }),
    };
    const written = await write(request, state);
    // The names of its person are too long.
    if (!written.ok) return refuse("UNPROCESSABLE", "cookie size");
    return ok({ user: identityOf(user), issuedAt: now, expiresAt: expiry(state) });
  }

  function write(request: FlowRequest, state: State, spare?: number): Promise<Result<null>> {
    const maxAge = state.remembered ? Math.floor((state.endsAt - state.seenAt) / 1000) : undefined;
    return cookieState.write(request.cookies, { ...cookie, maxAge }, state, spare);
  }

  /** Decodes the cookie, then asks the clock (ASVS 9.2.1) and the revocation policy whether the state still counts. */
  async function read(request: FlowRequest, how: HowRead): Promise<Result<Current>> {
    const found = await cookieState.read(request.cookies, cookie, isStateHere);
    if (!found.ok) return found;
    const state = found.value;
    const now = clock.now();
    if (now >= expiry(state)) return refuse("EXPIRED", now >= state.endsAt ? "absolute end" : "idle end");
    const user = await find(state, how);
    if (!user.ok) return user;
    const wanted = await revocation.check({ userId: user.value.id, version: state.version }, how);
    return wanted.ok ? ok({ state, user: user.value }) : wanted;
  }

  /**
   * Reads the state. If the last write was long enough ago, writes it again with a later idle end. Where that does not
   * fit, the cookie stays as it was, with its end.
   */
  async function use(request: FlowRequest, touch: boolean, how: HowRead): Promise<Result<Current>> {
    const current = await read(request, how);
    const now = clock.now();
    if (!current.ok || !touch || now - current.value.state.seenAt < lifetimes.touchEvery) return current;
    const state = { ...current.value.state, seenAt: now };
    const written = await write(request, state);
    return written.ok ? ok({ ...current.value, state }) : current;
  }

  const flow: AuthFlow = {
    async login(request, credentials, { remember = false }) {
      const user = await users.verify(credentials);
      if (!user) return refuse("BAD_CREDENTIALS");
      const grant = await start(request, user, remember);
      if (grant.ok) log.record({ type: "logged-in", userId: user.id });
      return grant;
    },

    async authenticate(request, { touch, acts = false } = { touch: true }) {
      const current = await use(request, touch, { fresh: acts });
      return current.ok ? ok(principalOf(current.value)) : current;
    },

    async reissue(request, principal) {
      const state = await cookieState.read(request.cookies, cookie, isStateHere);
      const user = await users.find(principal.user.id, { fresh: true });
      if (!user || user.disabled) return refuse("REVOKED");
      return state.ok ? start(request, user, state.value.remembered, state.value.data) : start(request, user, false);
    },

    async logout(request) {
      const current = await read(request, { fresh: true });
      // Deleting the cookie leaves every copy valid (WSTG-SESS-06). Only a revocation policy can end the copies.
      if (current.ok) await revocation.endAll?.(current.value.user.id);
      request.cookies.set(cookie.name, "", { ...cookie, maxAge: 0 });
      if (current.ok) log.record({ type: "logged-out", userId: current.value.user.id });
      return ok(null);
    },

    async data(request) {
      const current = await use(request, true, { fresh: false });
      if (!current.ok) return current;
      return ok(dataIn(deps, current.value.state, (state, spare) => write(request, state, spare)));
    },
  };

  const { endAll } = revocation;
  if (!endAll) return flow;
  return {
    ...flow,
    async revoke(_actor, target) {
      // A person's version stands for all of their logins, so one login cannot be ended alone.
      if ("session" in target || target.scope !== "all") return refuse("NOT_SUPPORTED");
      await endAll(target.user);
      log.record({ type: "revoked", userId: target.user });
      return ok(1);
    },
  };
}

/** A copy of the person counts until the cookie is next issued, so a lowered role does, too (ASVS 8.3.2). */
function principalOf({ state, user }: Current): Principal {
  const { issuedAt, authenticatedAt, seenAt, idleFor, endsAt } = state;
  const ends = { idle: Math.min(seenAt + idleFor, endsAt), absolute: endsAt };
  return { user, issuedAt, authenticatedAt, expiresAt: expiry(state), ends };
}
