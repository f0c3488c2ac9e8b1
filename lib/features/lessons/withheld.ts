import type { VariantId } from "../../core/ids.ts";
import type { Exchange } from "../../lab/feed/exchange.ts";
import type { CredentialView, HeldView, LabView } from "../../lab/lab-view.ts";
import type { LessonPanes } from "./model.ts";

const [first, last] = [4, 6] as const;
/** A shorter middle would leave enough to guess the rest. */
const shortest = 24;

/**
 * A credential without its middle: as long as it was, and of no use. The lab of a lesson is reached by its player alone,
 * and each credential in it also names that lab.
 */
function withheld(value: string): string {
  if (value.length <= shortest) return "*".repeat(value.length);
  return value.slice(0, first) + "*".repeat(value.length - first - last) + value.slice(-last);
}

/** What the panes of these variants need of a lab, with every credential withheld. `exchanges` newest first. */
export function panesOf(view: LabView, played: readonly VariantId[], exchanges: readonly Exchange[]): LessonPanes {
  const { clock, people, variants, settings, held } = view;
  return {
    ...{ clock, cookies: settings.cookies },
    variants: variants.filter(({ id }) => played.includes(id)),
    people: people.map((person) => ({ ...person, password: null })),
    held: Object.fromEntries(Object.entries(held).map(([flow, each]) => [flow, heldWithheld(each)])),
    exchanges: exchanges.map(exchangeWithheld),
  };
}

function heldWithheld(held: HeldView): HeldView {
  return { ...held, credentials: held.credentials.map(credentialWithheld) };
}

/** How it was made and verified is left out: those steps have parts of it. */
function credentialWithheld(credential: CredentialView): CredentialView {
  const { value, decoded } = credential;
  return { ...credential, value: withheld(value), decoded: decoded && { ...decoded, steps: [], making: [] } };
}

/** The request's line, the status, and the cookies that it set. */
function exchangeWithheld(exchange: Exchange): Exchange {
  const { request, response } = exchange;
  const set = response.headers.filter(([name]) => name.toLowerCase() === "set-cookie");
  return {
    ...exchange,
    steps: [],
    request: { ...request, headers: [], body: null },
    response: { ...response, headers: set.map(([name, line]) => [name, lineWithheld(line)] as const), body: null },
  };
}

/** The value is withheld as it is decoded, so that it equals that of the cookie which the browser holds. */
function lineWithheld(line: string): string {
  const [pair = "", ...attributes] = line.split(";");
  const at = pair.indexOf("=") + 1;
  const value = encodeURIComponent(withheld(decodeURIComponent(pair.slice(at))));
  return [pair.slice(0, at) + value, ...attributes].join(";");
}
