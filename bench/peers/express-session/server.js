import { RedisStore } from "connect-redis";
import express from "express";
import session from "express-session";
import { createClient } from "redis";

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

const app = express();
app.disable("x-powered-by");

// Before the sessions: what the framework alone costs.
app.get("/bare", (_request, response) => void response.json({ user: { id: "alice", name: "Alice" } }));

/** As documented: an opaque id in a signed cookie, the session in Redis. */
app.use(
  session({
    store: new RedisStore({ client }),
    secret: process.env.PEER_SECRET ?? "",
    resave: false,
    saveUninitialized: false,
    cookie: { maxAge: 30 * 60 * 1000 },
  }),
);

app.post("/login", (request, response, next) => {
  request.session.regenerate((error) => {
    if (error) return next(error);
    request.session.user = { id: "alice", name: "Alice" };
    response.status(204).end();
  });
});

app.get("/me", (request, response) => {
  const { user } = request.session;
  if (!user) return void response.status(401).end();
  response.json({ user });
});

app.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("Ready in a moment"));
