import { isSameCookie } from "@/lib/lab/cookies/cookie-prefix.ts";
import type { Header } from "@/lib/lab/feed/exchange.ts";

/** A credential on the wire, drawn with the same name and look as in the browser pane. */
export function WireChip({ name, value }: { name: string; value: string }) {
  return (
    <mark className="rounded-md border border-flow/30 bg-flow-ground box-decoration-clone px-1 text-ink">
      <span className="font-semibold text-flow">{name}</span> {value}
    </mark>
  );
}

/** `name=value`. A cookie of `own` is drawn as a chip like in the other panes, under any prefix. */
export function CookiePair({ pair, own }: { pair: string; own: readonly string[] }) {
  const at = Math.max(0, pair.indexOf("="));
  const name = pair.slice(0, at);
  return isOwn(own, name) ? <WireChip name={name} value={pair.slice(at + 1)} /> : pair;
}

export function isOwn(own: readonly string[], name: string): boolean {
  return own.some((each) => isSameCookie(each, name));
}

type BearerProps = {
  /** The unmasked value, because the kind of a token is in its header and a mask hides that. */
  readonly header: Header;
  /** The text that is shown. */
  readonly shown: string;
};

/** `Bearer`, and the token as a chip. */
export function BearerToken({ header: [, travelled], shown }: BearerProps) {
  const [scheme = "", ...rest] = shown.split(" ");
  return (
    <>
      {scheme} <WireChip name={tokenName(travelled.split(" ")[1] ?? "")} value={rest.join(" ")} />
    </>
  );
}

/** The page's name for a credential with this field name in a body. `null`: it has no own name. */
export function fieldChip(field: string): string | null {
  return field === "access_token" || field === "refresh_token" ? field.replace("_", " ") : null;
}

/** Clients never hold a token that one part of the application sends to another. */
function tokenName(token: string): string {
  try {
    const { typ } = JSON.parse(atob((token.split(".")[0] ?? "").replaceAll("-", "+").replaceAll("_", "/")));
    return typ === "internal+jwt" ? "internal token" : "access token";
  } catch {
    return "access token";
  }
}
