import type { CsrfRequest } from "./model.ts";
import { tokenFor } from "./tokens.ts";

/** What a play's tokens are called in its recording. They are secret values, and differ each time. */
const recordedAs = { own: "{own}", planted: "{planted}", beforeLogin: "{before}", session: "{session}" } as const;

/** The tokens of a play, and the key that they are made with. */
export type PlayTokens = {
  readonly key: string;
  readonly session: string;
  /** The token of alice's page. */
  readonly own: string;
  /** One that this server made as well, for the attacker's own session. */
  readonly planted: string;
  /** One for the session that alice's browser had before the login, which the login ended. */
  readonly beforeLogin: string;
};

/** Tokens made anew: a recording has names in their place. */
export function makeTokens(random: () => string): PlayTokens {
  const [key, session] = [random(), random()];
  const of = (each: string) => tokenFor(each, random(), key);
  return { key, session, own: of(session), planted: of(random()), beforeLogin: of(random()) };
}

/** A recorded request with real tokens in place of their names. */
export function withTokens(request: CsrfRequest, tokens: PlayTokens): CsrfRequest {
  return mapTexts(request, (text) =>
    Object.entries(recordedAs).reduce((all, [name, shown]) => {
      const value = tokens[name as keyof typeof recordedAs];
      return all.replaceAll(shown, value);
    }, text),
  );
}

/** A request with the names of its tokens in place of them. */
export function withoutTokens(request: CsrfRequest, tokens: PlayTokens): CsrfRequest {
  return mapTexts(request, (text) =>
    Object.entries(recordedAs).reduce(
      (all, [name, shown]) => all.replaceAll(tokens[name as keyof typeof recordedAs], shown),
      text,
    ),
  );
}

function mapTexts(request: CsrfRequest, map: (text: string) => string): CsrfRequest {
  return {
    ...request,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, map(value)])),
    cookies: request.cookies.map(([name, value]) => [name, map(value)] as const),
    body: map(request.body),
  };
}
