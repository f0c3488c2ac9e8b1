import type { Scenario, Sending } from "../scenario.ts";
import { alice } from "./people.ts";

const form = { "content-type": "application/x-www-form-urlencoded" } as const;

/** A form with the lab's own client in front of it. */
function asClient(path: "revoke" | "introspect", body: string): Sending {
  return {
    by: "program",
    sends: `POST /api/labs/{lab}/oauth/${path}`,
    headers: form,
    basic: ["{client id}", "{client secret}"],
    body,
  };
}

/** What a lab offers to other programs. */
export const programScenarios: readonly Scenario[] = [
  {
    area: "programs",
    name: "published",
    title: "a lab publishes its keys and its metadata, at its address and the well-known one",
    steps: [
      { by: "alice", sends: "POST /api/memory-jwt/login", body: { ...alice, variant: "es256" } },
      { by: "alice", sends: "POST /api/lab/keys/rotate", body: { overlap: true } },
      { by: "program", sends: "GET /api/labs/{lab}/jwks" },
      { by: "program", sends: "GET /api/labs/{lab}/metadata" },
      { by: "program", sends: "GET /.well-known/oauth-authorization-server/api/labs/{lab}" },
      { by: "program", sends: "GET /api/labs/0123456789abcdef0123/jwks" },
      { by: "program", sends: "GET /api/labs/0123456789abcdef0123/metadata" },
    ],
  },
  {
    area: "programs",
    name: "introspect",
    title: "the lab's own client asks whether a token is active, and hears no more than that of one that is not",
    steps: [
      { by: "alice", sends: "POST /api/memory-jwt/login", body: alice },
      {
        by: "app",
        sends: "POST /api/memory-jwt/login",
        body: { ...alice, client: "native" },
        keeps: { token: "access_token", refresh: "refresh_token" },
      },
      asClient("introspect", "token={token}"),
      asClient("introspect", "token={refresh}&token_type_hint=refresh_token"),
      asClient("introspect", "token=garbage"),
      asClient("introspect", "token={token}&token={token}"),
      asClient("introspect", "token_type_hint=access_token"),
      { by: "program", sends: "POST /api/labs/{lab}/oauth/introspect", headers: form, body: "token={token}" },
      {
        by: "program",
        sends: "POST /api/labs/{lab}/oauth/introspect",
        headers: form,
        basic: ["{client id}", "wrong"],
        body: "token={token}",
      },
      {
        by: "program",
        sends: "POST /api/labs/0123456789abcdef0123/oauth/introspect",
        headers: form,
        body: "token={token}",
      },
      { by: "program", sends: "POST /api/labs/{lab}/oauth/introspect", body: { token: "{token}" } },
    ],
  },
  {
    area: "programs",
    name: "revoke",
    title: "the lab's own client ends a token, and is told where it cannot be ended",
    steps: [
      {
        by: "app",
        sends: "POST /api/memory-jwt/login",
        body: { ...alice, client: "native" },
        keeps: { token: "access_token", refresh: "refresh_token" },
      },
      asClient("revoke", "token={token}"),
      asClient("revoke", "token={refresh}"),
      asClient("revoke", "token=garbage"),
      { by: "app", sends: "POST /api/memory-jwt/refresh", body: { refresh_token: "{refresh token}" } },
      {
        by: "app",
        sends: "POST /api/memory-jwt/login",
        body: { ...alice, client: "native", variant: "denylist" },
        keeps: { token: "access_token" },
      },
      asClient("revoke", "token={token}"),
      { by: "app", sends: "GET /api/memory-jwt/me" },
      { by: "program", sends: "POST /api/labs/{lab}/oauth/revoke", headers: form, body: "token={token}" },
    ],
  },
];
