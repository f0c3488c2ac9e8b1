import CredentialsProvider from "next-auth/providers/credentials";

const alice = { id: "alice", name: "Alice", email: "alice@example.com" };

/** As documented: the session is an encrypted token in a cookie. */
export const options = {
  session: { strategy: "jwt" },
  providers: [
    CredentialsProvider({
      credentials: { username: {}, password: {} },
      // Only requests after the login are measured, so no password is hashed.
      authorize: ({ password }) => (password === process.env.PEER_PASSWORD ? alice : null),
    }),
  ],
};
