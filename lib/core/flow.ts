import type { Grant, LoginOptions, Principal, RecordSummary, RevokeTarget } from "./login.ts";
import type { FlowDeps } from "./ports.ts";
import type { FlowRequest } from "./request.ts";
import type { Result } from "./result.ts";
import type { LoginData } from "./session-data.ts";
import type { Credentials, UserId } from "./user.ts";
import type { FlowManifest } from "./variant.ts";

/**
 * One way to keep a person logged in. Routes, pages, experiments and tests know a flow only by this.
 * Errors are refusals; a flow throws only when something under it is broken.
 */
export interface AuthFlow {
  /** Checks the password, ends the login that this browser had in this flow as far as the flow can, and starts a new one. */
  login(request: FlowRequest, credentials: Credentials, options: LoginOptions): Promise<Result<Grant>>;
  /** Who is asking? `touch: false` looks without extending anything; otherwise a sliding lifetime moves on. */
  authenticate(request: FlowRequest, how?: { touch: boolean }): Promise<Result<Principal>>;
  /** A new login for a person who proved themselves again: the old one ends, its id is never kept (ASVS 7.2.4). */
  reissue(request: FlowRequest, principal: Principal): Promise<Result<Grant>>;
  /** Exchanges a refresh token. Absent where the flow has none. */
  refresh?(request: FlowRequest): Promise<Result<Grant>>;
  /**
   * Whose refresh token is this, or whose session, for a service that was shown one? Judged by what this server holds,
   * and asks nobody else. Exchanges nothing and ends nothing. Absent where there is none.
   */
  look?(request: FlowRequest, how?: { touch: boolean }): Promise<Result<Principal>>;
  /**
   * Ends this login as far as the flow can. Succeeds also when nobody was logged in. `replaced`: nobody logged
   * out; this browser has another login now.
   */
  logout(request: FlowRequest, reason?: "logout" | "replaced"): Promise<Result<null>>;
  /** The live logins of a person. Absent: this server cannot enumerate its logins. */
  list?(user: UserId): Promise<Result<readonly RecordSummary[]>>;
  /** Ends logins and answers how many records that was. Absent: this server cannot take a login back. */
  revoke?(actor: Principal, target: RevokeTarget): Promise<Result<number>>;
  /** What the application keeps with this login, as long as it counts. Absent: this flow keeps the login and nothing else. */
  data?(request: FlowRequest): Promise<Result<LoginData>>;
}

export type FlowModule = {
  readonly manifest: FlowManifest;
  create(deps: FlowDeps): AuthFlow;
};
