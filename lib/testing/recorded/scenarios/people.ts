/** Who lives in every lab, with their public passwords. */
export const alice = { username: "alice", password: "alice-likes-tea" } as const;
export const bob = { username: "bob", password: "bob-likes-coffee" } as const;
export const admin = { username: "admin", password: "admin-likes-logs" } as const;
