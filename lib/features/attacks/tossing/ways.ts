import type { NamingId, WayTold } from "./model.ts";

/** What a sibling's page is written with. */
export type Planted = {
  /** The domain that both hosts are in. */
  readonly domain: string;
  /** The cookies' names, the thief's values of them, and the address below which each is read. */
  readonly cookies: readonly { readonly name: string; readonly value: string; readonly below: string }[];
};

type Page = { readonly lines: readonly string[]; readonly script: string };

export type Way = WayTold & {
  readonly page: (planted: Planted) => Page;
  /** It leaves cookies of the sibling's own in the jar. */
  readonly fills?: true;
};

const planting = (lines: readonly string[], script = ""): Page => ({ lines, script });

/** More than any browser keeps of one site: Chromium has 180, Firefox 200. */
const tooMany = 210;

export const ways: readonly Way[] = [
  {
    id: "domain",
    title: "By Domain",
    does: "A sibling subdomain may set a cookie for the domain that both are in.",
    page: ({ domain, cookies }) =>
      planting(cookies.map(({ name, value }) => `${name}=${value}; Domain=${domain}; Path=/; Secure`)),
  },
  {
    id: "path",
    title: "By a longer Path",
    does: "The cookie with the longest Path is sent first (RFC 6265bis §5.8.3).",
    page: ({ domain, cookies }) =>
      planting(cookies.map(({ name, value }) => `${name}=${value}; Domain=${domain}; Path=/api; Secure`)),
  },
  {
    id: "nameless",
    title: "Without a name",
    does: "The name stands in the value of a cookie that has none. Where a browser takes that, it sends both alike.",
    page: ({ domain, cookies }) =>
      planting(cookies.map(({ name, value, below }) => `=${name}=${value}; Domain=${domain}; Path=${below}; Secure`)),
  },
  {
    id: "overflow",
    fills: true,
    title: "By overflowing the jar",
    does: "A browser keeps so many cookies of a site. With more of the sibling’s it drops the older ones, HttpOnly or not.",
    page: ({ domain, cookies }) => {
      const plants = cookies.map(
        ({ name, value }) =>
          `document.cookie = ${JSON.stringify(`${name}=${value}; Domain=${domain}; Path=/; Secure`)};`,
      );
      const fills = `for (let n = 0; n < ${tooMany}; n++) document.cookie = "f" + n + "=1; Path=/; Secure";`;
      return planting([], [fills, ...plants].join("\n"));
    },
  },
];

/**
 * Not `Max-Age=0`: Firefox counts that from when it parses the line, and a processor under load is a millisecond later
 * then. It keeps such a cookie for that millisecond, where there was none to delete. Two hundred of them overflow the jar.
 */
const over = "Expires=Thu, 01 Jan 1970 00:00:00 GMT; Secure";

/** What takes away all that any of them has planted. */
export function cleaning({ domain, cookies }: Planted): readonly string[] {
  return [
    ...cookies.flatMap(({ name }) => ["/", "/api"].map((path) => `${name}=; Domain=${domain}; Path=${path}; ${over}`)),
    ...cookies.map(({ below }) => `=x; Domain=${domain}; Path=${below}; ${over}`),
  ];
}

/** What takes the sibling's own cookies out of the jar. */
export function unfilling(): readonly string[] {
  return Array.from({ length: tooMany }, (_, n) => `f${n}=; Path=/; ${over}`);
}

export const tossingCaseId = (naming: NamingId, way: string): string => `${naming}.${way}`;

/** The longest domain that is the host's and all that is below it: what both hosts can set cookies for. */
export function commonDomain(one: string, other: string): string {
  const [labels, others] = [one, other].map((origin) => new URL(origin).hostname.split(".").reverse());
  const shared = (labels ?? []).findIndex((label, at) => label !== others?.[at]);
  return (labels ?? [])
    .slice(0, shared < 0 ? undefined : shared)
    .reverse()
    .join(".");
}
