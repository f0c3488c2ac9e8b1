/** What a client of its own sends along with each request: where it is, and what it calls itself. */
export const senders = {
  alice: from("192.0.2.7", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
  bob: from(
    "192.0.2.8",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_4) AppleWebKit/605.1.15 Version/18.3 Safari/605.1.15",
  ),
  admin: from(
    "192.0.2.9",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36",
  ),
  /** Alice's second browser, at another place. */
  phone: from(
    "198.51.100.20",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) Version/18.3 Mobile/15E148 Safari/604.1",
  ),
  /** A client without a cookie jar that a person logged in with. */
  app: { "x-forwarded-for": "198.51.100.30", "user-agent": "pocket/1.0" },
  /** Another program, such as a resource server. */
  program: { "x-forwarded-for": "203.0.113.10", "user-agent": "orders/1.0" },
  thief: { "x-forwarded-for": "203.0.113.66", "user-agent": "curl/8.14.1" },
  /** A client without a lab. */
  stranger: from("203.0.113.99", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
  /** The application, where one part of it asks another. */
  inside: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export type Sender = keyof typeof senders;

/**
 * One request. A name in braces is replaced by a value: `{lab}` by the public id of the lab, `{client id}` and
 * `{client secret}` by those of its OAuth client, `{access token}` and `{refresh token}` by the sender's tokens; any
 * other name by the value that an earlier request kept under it.
 */
export type Sending = {
  readonly by: Sender;
  /** Method and address. */
  readonly sends: `${string} /${string}`;
  /** Sent as JSON; a text is sent as it is. */
  readonly body?: unknown;
  /** Beside, or in place of, what the sender sends anyway. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Name and secret of a client that proves itself by HTTP Basic. */
  readonly basic?: readonly [name: string, secret: string];
  /** Names for values of the answer, each with its way into the body: `sessions.0.id`. */
  readonly keeps?: Readonly<Record<string, string>>;
  /** Of a stream that has no end: it is left after so many events. The following requests are sent meanwhile. */
  readonly untilEvents?: number;
};

/** From here on this client holds exactly what another one holds now. */
export type Copying = { readonly by: Sender; readonly copies: Sender };

export type Step = Sending | Copying;

/** Who sends what, one after another, a second apart, to an application of its own. */
export type Scenario = {
  /** The folder that its recorded answers are in. */
  readonly area: string;
  /** Of the file in there. */
  readonly name: string;
  readonly title: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Who lives in the one lab there is outside lab mode. */
  readonly people?: readonly {
    readonly username: string;
    readonly role: "user" | "admin";
    readonly password: string;
  }[];
  /** As many passwords wait for their hash as can. */
  readonly overloaded?: true;
  /** A Redis server beside it. */
  readonly redis?: true;
  readonly steps: readonly Step[];
};

/** As browsers do: with where the page that sends it stands. */
function from(ip: string, userAgent: string) {
  return { "x-forwarded-for": ip, "user-agent": userAgent, "sec-fetch-site": "same-origin" } as const;
}
