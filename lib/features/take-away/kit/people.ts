/** The people who may log in. These passwords are public: replace them before other people can reach this server. */
export const people = [
  { username: "alice", displayName: "Alice", role: "user", password: "alice-likes-tea" },
  { username: "bob", displayName: "Bob", role: "user", password: "bob-likes-coffee" },
  { username: "admin", displayName: "Admin", role: "admin", password: "admin-likes-logs" },
] as const;
