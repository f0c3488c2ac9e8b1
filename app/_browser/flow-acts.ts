export type RevokeScope = "current" | "others" | "all";

export type Verb = "login" | "me" | "refresh" | "logout" | "revoke";

/** The actions of one flow. */
export type FlowActs = {
  readonly login: () => void;
  readonly send: () => void;
  readonly refresh: () => void;
  readonly logout: () => void;
  readonly revoke: (scope: RevokeScope) => void;
};
