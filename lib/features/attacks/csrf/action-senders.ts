/** Who sends a form to a Server Action, by the Origin that a browser names. */
type ActionSender = {
  readonly id: string;
  readonly title: string;
  /** At the origin of the application. `null`: the request has none. */
  readonly originAt: (origin: string) => string | null;
};

const withParts = (parts: (url: URL) => { readonly hostname?: string; readonly port?: string }) => (origin: string) =>
  Object.assign(new URL(origin), parts(new URL(origin))).origin;

export const actionSenders: readonly ActionSender[] = [
  { id: "own", title: "the application’s own page", originAt: (origin) => origin },
  { id: "another-site", title: "another site", originAt: () => "http://evil.example" },
  {
    id: "sibling",
    title: "a sibling subdomain",
    originAt: withParts(({ hostname }) => ({ hostname: `evil.${hostname}` })),
  },
  { id: "other-port", title: "another port", originAt: withParts(() => ({ port: "8080" })) },
  { id: "null-origin", title: "Origin: null", originAt: () => "null" },
  {
    id: "other-scheme",
    title: "https, where the application has http",
    originAt: (origin) => origin.replace("http:", "https:"),
  },
  { id: "no-origin", title: "no Origin at all", originAt: () => null },
];

/** What a proxy says that forwards under the name that it has inside. */
export const forwardedHost = "inside.example:8080";

/** What a route handler without a check, a Server Action, and one behind that proxy answered. Each is a status. */
export type ActionPlay = {
  readonly playedAt: string;
  /** The version of Next.js. */
  readonly next: string;
  readonly senders: readonly {
    readonly id: string;
    readonly handler: number;
    readonly action: number;
    readonly behindProxy: number;
  }[];
};

/** A Server Action that acts redirects, and one that refuses answers 500. */
export function hasActed(status: number): boolean {
  return status < 400;
}
