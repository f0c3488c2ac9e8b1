/** These may log in. The passwords are public: put your own people here before anybody else can reach this server. */
export const people = [
  { username: "alice", displayName: "Alice", role: "user", password: "alice-likes-tea" },
  { username: "bob", displayName: "Bob", role: "user", password: "bob-likes-coffee" },
  { username: "admin", displayName: "Admin", role: "admin", password: "admin-likes-logs" },
] as const;
