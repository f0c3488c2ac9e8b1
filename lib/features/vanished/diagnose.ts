import type { StoreName } from "../../core/settings.ts";
import { isSameCookie } from "../../lab/cookies/cookie-prefix.ts";
import { cookieRules } from "../../lab/cookies/cookie-rules.ts";
import { stayReasons, staysHome } from "../../lab/cookies/cookie-travel.ts";
import { type CookieVerdict, judgeSetCookie } from "../../lab/cookies/cookie-verdict.ts";
import { parseSetCookie } from "../../lab/cookies/set-cookie-line.ts";
import type { Exchange, TraceStep } from "../../lab/feed/exchange.ts";
import type { StoreView } from "../../lab/store-view.ts";
import type { VanishCause } from "./vanish-causes.ts";

/** The parts of an exchange that a diagnosis reads, from any recorder. */
export type Heard = Pick<Exchange, "action" | "request" | "response" | "code" | "steps"> & {
  /** When the request came. */
  readonly at?: Exchange["at"];
};

/** Observations of a login and of the request after it: facts only, no guess at a person's intention. */
export type Evidence = {
  /** The missing cookie, with or without a prefix. */
  readonly cookie: string;
  /** The exchange that set the cookie, the one that should have sent it, and those between them, oldest first. */
  readonly login: Heard;
  readonly asked: Heard;
  readonly between: readonly Heard[];
  readonly scheme: "http" | "https";
  readonly host: string;
  /** Milliseconds between the two, on the browser's clock. */
  readonly elapsed: number;
  /** The variant's store, and which processes share it; `null`: the variant keeps no records. */
  readonly store: (Pick<StoreView, "sharing"> & { readonly name: StoreName }) | null;
  /** What the audit tells about this person and flow since the login. */
  readonly events: readonly { readonly type: string }[];
};

export type Diagnosis = {
  readonly cause: VanishCause;
  /** The evidence, in the order in which it was checked. */
  readonly because: readonly Finding[];
};
/** `observed` in a real exchange, or `computed` from the rules that browsers go by. */
export type Finding = { readonly how: "observed" | "computed"; readonly text: string };

/** Names the cause from the recorded exchanges alone. */
export function diagnose(evidence: Evidence): Diagnosis {
  const { login, asked, cookie } = evidence;
  const line = linesFor(login, cookie).at(-1) ?? null;
  const answer = `The answer to ${nameOf(login)}`;
  if (line === null) return { cause: "never-set", because: [observed(`${answer} sets no ${cookie}.`)] };
  const sent = observed(`${answer} had Set-Cookie: ${withoutValue(line)}.`);
  const answered = observed(`${nameOf(asked)} was answered ${asked.code ?? asked.response.status}.`);
  const came = pairsOf(asked).some(([name]) => isSameCookie(name, parseSetCookie(line).name));
  if (came && asked.code === null) {
    const back = broughtBack(evidence);
    return { cause: back.length > 0 ? "late-answer" : "still-in", because: [sent, ...back, answered] };
  }
  const travelled = observed(
    came ? "The cookie came with that request." : "The cookie did not come with that request.",
  );
  const { cause, because } = came ? fromServer(evidence) : fromBrowser(evidence, line);
  return { cause, because: [sent, travelled, ...because, answered] };
}

/** An answer deleted the cookie, and one to an earlier request came after it and set the cookie again. */
function broughtBack({ between, cookie }: Evidence): readonly Finding[] {
  const at = between.findLastIndex((each) => linesFor(each, cookie).some(isDeletion));
  const deleting = between[at];
  const late = between.slice(at + 1).find((each) => linesFor(each, cookie).some((line) => !isDeletion(line)));
  if (!deleting || late?.at === undefined || deleting.at === undefined || late.at >= deleting.at) return [];
  const line = linesFor(late, cookie).at(-1) ?? "";
  return [
    observed(`The answer to ${nameOf(deleting)} deleted it.`),
    observed(`${nameOf(late)} was sent ${deleting.at - late.at} ms before that.`),
    observed(`Its answer came after the deletion, with Set-Cookie: ${withoutValue(line)}.`),
    computed("A browser keeps what the last answer says: it does not know which request came first."),
  ];
}

/** It did not come back: the browser never stored it, does not send it there, or has it no longer. */
function fromBrowser({ login, asked, between, cookie, scheme, host, elapsed }: Evidence, line: string): Diagnosis {
  const verdict = judgeSetCookie(line, { scheme, host, path: login.request.path, now: 0 });
  if (verdict.outcome === "refused") {
    const [sentence, clause] = cookieRules[verdict.rule];
    return {
      cause: refusalCause(verdict),
      because: [computed(`A browser refuses that line: ${sentence} (${clause})`)],
    };
  }
  const expiring = between.find((each) => linesFor(each, cookie).some(isDeletion));
  if (expiring)
    return { cause: "deleted", because: [observed(`The answer to ${expiring.action} deleted it, in between.`)] };
  const request = { scheme, host, path: asked.request.path, now: elapsed };
  const stays = staysHome(verdict.cookie, request);
  if (stays === null) return { cause: "gone", because: [computed("By the rules it is kept, and sent there.")] };
  const causes = {
    PATH: "wrong-path",
    ENDED: "expired-in-browser",
    HOST: "wrong-domain",
    SECURE: "plain-http",
  } as const;
  const [sentence, clause] = stayReasons[stays];
  return {
    cause: causes[stays],
    because: [computed(`It is stored, but stays home: ${sentence} (${clause})`)],
  };
}

function refusalCause({ rule }: Extract<CookieVerdict, { outcome: "refused" }>): VanishCause {
  if (rule.startsWith("PREFIX_")) return "rejected-prefix";
  if (rule.startsWith("DOMAIN_")) return "wrong-domain";
  if (rule === "SECURE_OVER_HTTP") return "plain-http";
  return rule === "TOO_LARGE" ? "too-large" : "refused-line";
}

/** It came back, and the server refused it: the code says what, the steps and the audit say why. */
function fromServer(evidence: Evidence): Diagnosis {
  switch (evidence.asked.code) {
    case "EXPIRED":
      return { cause: "expired", because: [] };
    case "CLIENT_CHANGED":
      return { cause: "other-client", because: [] };
    case "REVOKED":
      return endedBy(evidence);
    case "INVALID_CREDENTIAL":
      return untold(evidence) ?? unverified(evidence);
    default:
      return { cause: "unexplained", because: [] };
  }
}

/** Steps that compare what only a key could have made. */
const proofs = ["signature", "key", "seal"];

const endings = [
  ["evicted", "evicted"],
  ["password-changed", "password-changed"],
  ["revoked", "ended-by-somebody"],
  ["user-disabled", "ended-by-somebody"],
  ["logged-out", "logged-out"],
] as const;

/** The first kind of ending that the audit has since the login. */
function endingIn({ events }: Evidence): (typeof endings)[number] | undefined {
  return endings.find(([type]) => events.some((event) => event.type === type));
}

function endedBy(evidence: Evidence): Diagnosis {
  const ending = endingIn(evidence);
  if (!ending) return { cause: "unexplained", because: [observed("The audit has no ending since the login.")] };
  const [type, cause] = ending;
  return { cause, because: [observed(`The audit has “${type}” since the login.`)] };
}

/** A session service was asked, and refused. It does not know the reason to tell (RFC 7662 §2.2). */
function untold(evidence: Evidence): Diagnosis | null {
  const refusing = ({ actor, found }: TraceStep) => actor === "service" && found.startsWith("INVALID_CREDENTIAL");
  const step = evidence.asked.steps.findLast(refusing);
  if (!step) return null;
  const [ending] = endingIn(evidence) ?? [];
  return {
    cause: "not-told",
    because: [
      observed(`The step “${step.did}” at the session service was answered: not active.`),
      computed("A session service gives no reason for a token that is not active (RFC 7662 §2.2)."),
      ...(ending
        ? [observed(`The audit has “${ending}” since the login. Whoever asks the service does not see it.`)]
        : []),
    ],
  };
}

function unverified(evidence: Evidence): Diagnosis {
  const { login, asked, between, cookie, store } = evidence;
  const missing = asked.steps.findLast(({ actor, found }) => actor === "store" && found === "nothing");
  if (missing) {
    const step = observed(`The step “${missing.did}” in the store (${store?.name ?? "none"}) found nothing.`);
    const [here, there] = [nodeOf(login), nodeOf(asked)];
    if (store?.sharing === "never" && here !== there) {
      const nodes = observed(`The login was answered by ${here}, the request by ${there}.`);
      return { cause: "other-node", because: [step, nodes] };
    }
    return { cause: store?.sharing === "never" ? "memory-lost" : "unknown-record", because: [step] };
  }
  const issued = [login, ...between].flatMap((each) =>
    linesFor(each, cookie).map((line) => parseSetCookie(line).value),
  );
  const [, value] = pairsOf(asked).find(([name]) => isSameCookie(name, cookie)) ?? [];
  const whole = value !== undefined && issued.includes(value);
  const compared = observed(whole ? "Its value is the one that was sent." : "Its value is not one that was sent.");
  const refusing = asked.steps.findLast(({ found }) => found.startsWith("INVALID_CREDENTIAL at "));
  const because = refusing
    ? [compared, observed(`The step “${refusing.did}” answered ${refusing.found}.`)]
    : [compared];
  const proof = refusing !== undefined && proofs.some((each) => refusing.found.includes(each));
  return { cause: whole && proof ? "changed-key" : "not-verified", because };
}

function nameOf({ request }: Heard): string {
  return `${request.method} ${request.path}`;
}

/** Which node answered, as its answer says. */
function nodeOf({ response }: Heard): string {
  const named = response.headers.find(([name]) => name.toLowerCase() === "loginscope-node")?.[1];
  return named === undefined ? "the first node" : `the ${named} node`;
}

function linesFor({ response }: Heard, cookie: string): readonly string[] {
  const lines = response.headers.flatMap(([name, value]) => (name.toLowerCase() === "set-cookie" ? [value] : []));
  return lines.filter((line) => isSameCookie(parseSetCookie(line).name, cookie));
}

function isDeletion(line: string): boolean {
  const { maxAge } = parseSetCookie(line);
  return maxAge !== null && maxAge <= 0;
}

function pairsOf({ request }: Heard): readonly (readonly [name: string, value: string])[] {
  const header = request.headers.find(([name]) => name.toLowerCase() === "cookie")?.[1] ?? "";
  return header.split(";").map((pair) => {
    const at = Math.max(0, pair.indexOf("="));
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const;
  });
}

/** Shows the attributes, which are the evidence, and leaves out the credential. */
function withoutValue(line: string): string {
  const [pair = "", ...attributes] = line.split(";");
  return [`${pair.slice(0, pair.indexOf("=") + 1)}…`, ...attributes].join(";");
}

function observed(text: string): Finding {
  return { how: "observed", text };
}

function computed(text: string): Finding {
  return { how: "computed", text };
}
