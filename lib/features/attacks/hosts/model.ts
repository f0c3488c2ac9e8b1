/** Where attacks are played. `null`: no such host leads to this server. */
export type AttackOrigins = {
  /** Where the application is opened. */
  readonly victim: string;
  /** The attacker's host on the same site. */
  readonly sibling: string | null;
  /** The attacker's host on another site. */
  readonly attacker: string | null;
};

/** The same with the attacker's server on another port of the victim's host. */
export type SenderOrigins = AttackOrigins & { readonly otherPort: string | null };

/** One of the attacker's hosts. */
export type AttackersHost = "sibling" | "attacker" | "otherPort";

/** The same with the host of a page that is vulnerable on purpose. `null`: it leads nowhere. */
export type HostOrigins = SenderOrigins & { readonly vulnerable: string | null };

/** A host that the application does not answer at. */
export type AttackHost = AttackersHost | "vulnerable";

/** What a page or a script of an attack sent to the attacker. */
export type Loot = {
  readonly at: string;
  /** The attack that sent it. */
  readonly page: string;
  /** What the browser fetched it for: `empty` for a script's request, `image`, `document` for a navigation. */
  readonly dest: string;
  readonly text: string;
};

/** A request of an attack, as it arrived at the application. Of its cookies the names are kept. */
export type ArrivedRequest = {
  readonly at: string;
  /** The attack that sent it, and its case. */
  readonly page: string;
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** Those that tell where a request comes from, and what its body is. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly cookies: readonly string[];
  readonly body: string;
  /** The answer. */
  readonly status: number;
};

/** The attacks of a lab. */
export type AttacksView = {
  readonly origins: HostOrigins;
  readonly weaknesses: readonly { readonly id: string; readonly title: string; readonly on: boolean }[];
  /** The newest first. */
  readonly arrived: readonly ArrivedRequest[];
  readonly loot: readonly Loot[];
};

/** A browser's product and its major version, from its user agent. */
export function browserIn(userAgent: string): string {
  const [, product = "", version = ""] = /\b(Firefox|Chrome|HeadlessChrome)\/(\d+)/.exec(userAgent) ?? [];
  return product === "" ? "another browser" : `${product.replace("Headless", "")} ${version}`;
}

/** A recorded play, played again in another engine. */
export type OtherEngine = {
  readonly playedAt: string;
  readonly browser: string;
  /** How many parts of the play were compared. */
  readonly tried: number;
  /** The ids of those that came to something else. */
  readonly differences: readonly string[];
};
