import type { Stage, Vanishing } from "./vanishing.ts";

/** Milliseconds for which an answer is held back; the logout is sent in the meantime. */
const heldBack = 1200;
const meanwhile = 300;

/** Sends a request, logs out before its answer arrives, and lets it arrive. */
async function overtakenByLogout({ late, logOut }: Stage, method: "GET" | "POST", path: string): Promise<void> {
  const answer = late(method, path, heldBack);
  await new Promise((done) => setTimeout(done, meanwhile));
  await logOut();
  await answer;
}

/** Ways in which a person who logged out is in again. The requests wait for no other, as on a page without such turns. */
export const returns: readonly Vanishing[] = [
  {
    id: "late-slide",
    title: "A request that slides",
    does: "Moves the lab’s clock by 61 s, asks who is logged in, and logs out before that answer is there. The clock stays moved.",
    flow: "cookie",
    variant: "cookie/sealed",
    async play(stage) {
      await stage.logIn();
      await stage.post("/api/lab/clock", { advanceSeconds: 61 });
      await overtakenByLogout(stage, "GET", "/api/cookie/me");
    },
  },
  {
    id: "late-refresh",
    title: "A refresh of a short token",
    does: "Refreshes, and logs out before that answer is there. What comes back is good for 15 minutes, and is not renewed.",
    flow: "hybrid",
    variant: "hybrid/short-jwt",
    async play(stage) {
      await stage.logIn();
      await overtakenByLogout(stage, "POST", "/api/hybrid/refresh");
    },
  },
  {
    id: "late-tokens",
    title: "A refresh of tokens in cookies",
    does: "The same with an access token in a cookie. The refresh token that comes back is refused, the access token is not.",
    flow: "memory-jwt",
    variant: "memory-jwt/http-only-cookie",
    cookie: "__Host-access",
    async play(stage) {
      await stage.logIn();
      await overtakenByLogout(stage, "POST", "/api/memory-jwt/refresh");
    },
  },
  {
    id: "late-record",
    title: "A request, with a record behind it",
    does: "The same with a login whose record the logout ends. No answer brings it back.",
    flow: "server-session",
    variant: "server-session/sql",
    async play(stage) {
      await stage.logIn();
      await stage.post("/api/lab/clock", { advanceSeconds: 61 });
      await overtakenByLogout(stage, "GET", "/api/server-session/me");
    },
  },
];
