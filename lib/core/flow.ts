import type { Grant, LoginOptions, Principal, RecordSummary, RevokeTarget } from "./login.ts";
import type { FlowDeps } from "./ports.ts";
import type { Client, FlowRequest } from "./request.ts";
import type { Result } from "./result.ts";
import type { LoginData } from "./session-data.ts";
import type { Credentials, UserId } from "./user.ts";
import type { FlowManifest } from "./variant.ts";

/**
 * One way to keep a person logged in. Routes, pages, experiments and tests know a flow only by this interface.
 * A refused request is a `Result`. A flow throws only when a port is broken.
 */
export interface AuthFlow {
  /**
   * Checks the password and starts a new login. Ends this browser's previous login in this flow, where the flow can.
   */
  login(request: FlowRequest, credentials: Credentials, options: LoginOptions): Promise<Result<Grant>>;
  /**
   * Says who asks. `touch: true` counts as use and moves a sliding lifetime on; `touch: false` changes nothing. `acts`:
   * the request ends or changes something, so a login with a record has to be live in its store: else REVOKED or
   * EXPIRED. A token that is good to its `exp` is not enough then, and nothing is read from a cache (ASVS 7.4.1).
   */
  authenticate(request: FlowRequest, how?: Asked): Promise<Result<Principal>>;
  /**
   * Replaces the login of a person who gave the password again. The old login ends, and its id is not used again
   * (ASVS 7.2.4).
   */
  reissue(request: FlowRequest, principal: Principal): Promise<Result<Grant>>;
  /** Exchanges a refresh token for new tokens. Absent in flows without refresh tokens. */
  refresh?(request: FlowRequest): Promise<Result<Grant>>;
  /**
   * Says whose refresh token or session id this is, for a service that received one from its client. Reads this
   * server's own records only; exchanges and ends no credential. Absent in flows that keep no records.
   */
  look?(request: FlowRequest, how?: Asked): Promise<Result<Principal>>;
  /**
   * Ends the login of each credential on this request, in header, body and cookies, where the flow can. Succeeds also
   * without a login; deletes the cookies only after all logins are ended. `replaced`: the person did not log out;
   * another login of this browser took its place.
   */
  logout(request: FlowRequest, reason?: "logout" | "replaced"): Promise<Result<null>>;
  /** The live logins of a person. Absent: this server keeps no list of its logins. */
  list?(user: UserId): Promise<Result<readonly RecordSummary[]>>;
  /**
   * Ends logins and answers how many records ended. Scope `all` also ends logins that no list contains, by raising the
   * person's version. `evicted`: ended by the cap on parallel logins. Absent: this server cannot revoke a login.
   */
  revoke?(actor: Principal, target: RevokeTarget, reason?: "revoked" | "evicted"): Promise<Result<number>>;
  /** Session data: values that the application keeps with this login until it ends. Absent: this flow keeps none. */
  data?(request: FlowRequest): Promise<Result<LoginData>>;
}

export type Asked = {
  readonly touch: boolean;
  readonly acts?: boolean;
  /**
   * Who sent the credential, if a service got it from its client and asks about it: a login that is bound to its client
   * is judged by that one. `null`: the service does not say.
   */
  readonly sender?: Client | null;
};

/** A request that ends or changes something. */
export const acting = { touch: true, acts: true } as const satisfies Asked;

export type FlowModule = {
  readonly manifest: FlowManifest;
  create(deps: FlowDeps): AuthFlow;
};
