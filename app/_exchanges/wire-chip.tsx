import { isSameCookie } from "@/lib/lab/cookies/cookie-prefix.ts";
import type { Header } from "@/lib/lab/exchange.ts";

/** A credential on the wire, drawn like the one that the browser holds, under the same name. */
export function WireChip({ name, value }: { name: string; value: string }) {
  return (
    <mark className="rounded-md border border-flow/30 bg-flow-ground box-decoration-clone px-1 text-ink">
      <span className="font-semibold text-flow">{name}</span> {value}
    </mark>
  );
}

/** `name=value`, as the chip that it is in the other panes where it is one of `own`, however its name is spelt. */
export function CookiePair({ pair, own }: { pair: string; own: readonly string[] }) {
  const at = Math.max(0, pair.indexOf("="));
  const name = pair.slice(0, at);
  return isOwn(own, name) ? <WireChip name={name} value={pair.slice(at + 1)} /> : pair;
}

export function isOwn(own: readonly string[], name: string): boolean {
  return own.some((each) => isSameCookie(each, name));
}

type BearerProps = {
  /** As it travelled: what kind of token it is stands in its header, which a mask hides. */
  readonly header: Header;
  /** As it is shown. */
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

/** What a page calls the credential under that name in a body; `null`: it has none of its own. */
export function fieldChip(field: string): string | null {
  return field === "access_token" || field === "refresh_token" ? field.replace("_", " ") : null;
}

/** No client ever holds a token that is only for the way from one part of the application to another. */
function tokenName(token: string): string {
  try {
    const { typ } = JSON.parse(atob((token.split(".")[0] ?? "").replaceAll("-", "+").replaceAll("_", "/")));
    return typ === "internal+jwt" ? "internal token" : "access token";
  } catch {
    return "access token";
  }
}
