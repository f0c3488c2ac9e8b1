import { type Defence, defences, type ServerSide } from "./defences.ts";
import {
  type CsrfPlay,
  type CsrfRequest,
  type CsrfVerdict,
  isLoginCase,
  type PlayedCsrf,
  verdictOfAnswer,
} from "./model.ts";
import { makeTokens, withTokens } from "./play-tokens.ts";
import { csrfCookies } from "./tokens.ts";
import { byNaiveDoubleSubmit } from "./weak/naive-double-submit.ts";

/** The values of SameSite, each with the cookie that tells what the browser does. */
export const sameSite = {
  "same-site-omitted": {
    ...{ title: "No SameSite", cookie: csrfCookies.omitted },
    words:
      "The browser decides. Chromium takes it for Lax once it is two minutes old; it was recorded with ten seconds in their place (ShortLaxAllowUnsafeThreshold). Firefox sends it at any age.",
  },
  "same-site-lax": {
    ...{ title: "SameSite=Lax", cookie: csrfCookies.lax },
    words: "The browser decides. It sends the cookie with a link, and a sibling is the same site.",
  },
  "same-site-strict": {
    ...{ title: "SameSite=Strict", cookie: csrfCookies.strict },
    words: "The browser decides. A sibling is the same site.",
  },
} as const;

/** Answered by the browser as well: whether it shows the page of the application in a frame. */
export const inNoFrame = {
  id: "frame-ancestors",
  ...{ title: "frame-ancestors 'none'", source: "OWASP ASVS 3.4.6" },
  words: "The browser shows the page in no frame, so it cannot be pressed there. Other requests it does not concern.",
} as const;

/** Beaten on purpose. */
export const naive: Defence = {
  id: "naive-token",
  title: "Naive double submit",
  source: "RFC 6265bis §8.6",
  judge: byNaiveDoubleSubmit,
};

/** The verdict of each defence on each case, on the requests as they were recorded. */
export function verdictsOf(
  { cases, origins }: Pick<CsrfPlay, "cases" | "origins">,
  random: () => string,
  all: readonly Defence[] = [...defences, naive],
): Readonly<Record<string, Readonly<Record<string, CsrfVerdict>>>> {
  const tokens = makeTokens(random);
  const server: ServerSide = {
    origin: origins.victim,
    key: tokens.key,
    tokenOf: (session) => (session === tokens.session ? tokens.own : null),
  };
  return Object.fromEntries(
    cases.map((played) => {
      const request = played.request && withTokens(played.request, tokens);
      const bySameSite = Object.entries(sameSite).map(
        ([id, { cookie }]) => [id, againstCookie(played, cookie)] as const,
      );
      const byServer = all.map((defence) => [defence.id, against(defence, played, request, server)] as const);
      const none = [["none", withoutDefence(played)] as const];
      const byFrame = [[inNoFrame.id, againstFrame(played)] as const];
      return [played.id, Object.fromEntries([...none, ...bySameSite, ...byFrame, ...byServer])];
    }),
  );
}

const succeeds: CsrfVerdict = { outcome: "succeeds", code: null };
const stopped: CsrfVerdict = { outcome: "stopped", code: null };
const untried: CsrfVerdict = { outcome: "untried", code: null };

/** What the edge without a defence made of it. If it did not do what was asked, no verdict of a defence says anything. */
function withoutDefence({ weak }: PlayedCsrf): CsrfVerdict {
  const { outcome } = verdictOfAnswer(weak);
  if (outcome === "succeeds") return succeeds;
  return outcome === "untried" ? untried : stopped;
}

/** A login as another person needs no cookie of the victim's. */
function againstCookie(played: PlayedCsrf, cookie: string): CsrfVerdict {
  const arrived = played.request?.cookies.some(([name]) => name === cookie) === true;
  return arrived || isLoginCase(played.id) ? withoutDefence(played) : unlessUntried(played, stopped);
}

/** Without the attack's success nothing is stopped. */
function unlessUntried(played: PlayedCsrf, verdict: CsrfVerdict): CsrfVerdict {
  return withoutDefence(played) === untried ? untried : verdict;
}

/** Where there is no frame, the policy of one stops nothing. */
function againstFrame(played: PlayedCsrf): CsrfVerdict {
  return played.frame?.closed !== false ? withoutDefence(played) : unlessUntried(played, stopped);
}

function against({ judge }: Defence, played: PlayedCsrf, request: CsrfRequest | null, server: ServerSide): CsrfVerdict {
  const without = withoutDefence(played);
  if (!request || without !== succeeds) return without;
  const code = judge(request, server);
  return code === null ? succeeds : { outcome: "refused", code };
}
