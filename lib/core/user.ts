export type UserId = string;
export type Role = "user" | "admin";

/** A person as a flow sees them. */
export type User = {
  readonly id: UserId;
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly disabled: boolean;
  /** Raised to end every earlier credential: by a password change for all flows, or by one flow for itself. */
  readonly version: number;
};

/** The part of a user that leaves the server, as a login answers it. */
export type Identity = Pick<User, "id" | "username" | "displayName" | "role">;

export function identityOf(user: Identity): Identity {
  const { id, username, displayName, role } = user;
  return { id, username, displayName, role };
}

export type Credentials = { readonly username: string; readonly password: string };
