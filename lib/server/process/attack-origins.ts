/** The settings that name the hosts of attacks. Left out: a default, where one leads to this server. */
type Given = {
  readonly VICTIM_ORIGIN?: string | undefined;
  readonly SIBLING_ORIGIN?: string | undefined;
  readonly ATTACKER_ORIGIN?: string | undefined;
  readonly OTHER_PORT_ORIGIN?: string | undefined;
  readonly VULNERABLE_ORIGIN?: string | undefined;
};

/** The same with their defaults. `null`: no such host leads to this server. */
type AttackSettings = {
  readonly VICTIM_ORIGIN: string;
  readonly SIBLING_ORIGIN: string | null;
  readonly ATTACKER_ORIGIN: string | null;
  readonly OTHER_PORT_ORIGIN: string | null;
  readonly VULNERABLE_ORIGIN: string | null;
};

/**
 * Browsers lead every name below `localhost` to this machine (RFC 6761 §6.3), and count `localhost` as a suffix: names
 * directly below it are sites of their own, and `evil.app.localhost` is the same site as `app.localhost`.
 */
export function attackOrigins(given: Given, origin: string): AttackSettings {
  const { protocol, hostname, port } = new URL(origin);
  const below = (name: string) => `${protocol}//${name}.localhost${port === "" ? "" : `:${port}`}`;
  const isLocal = hostname === "localhost";
  return {
    VICTIM_ORIGIN: given.VICTIM_ORIGIN ?? (isLocal ? below("app") : origin),
    SIBLING_ORIGIN: given.SIBLING_ORIGIN ?? (isLocal ? below("evil.app") : null),
    ATTACKER_ORIGIN: given.ATTACKER_ORIGIN ?? (isLocal ? below("evil") : null),
    // Which port is free is known when one is opened: `openOtherPort`.
    OTHER_PORT_ORIGIN: given.OTHER_PORT_ORIGIN ?? null,
    VULNERABLE_ORIGIN: given.VULNERABLE_ORIGIN ?? (isLocal ? below("shop") : null),
  };
}

/** What is wrong with them: these hosts serve no page of the application, so none of them may be its own. */
export function objectionsToHosts(settings: AttackSettings, origin: string): readonly string[] {
  const own = [origin, settings.VICTIM_ORIGIN].map((each) => new URL(each).hostname);
  const { VICTIM_ORIGIN, OTHER_PORT_ORIGIN, ...others } = settings;
  const taken = Object.entries(others).filter(([, each]) => each !== null && own.includes(new URL(each).hostname));
  const [victim, other] = [new URL(VICTIM_ORIGIN), new URL(OTHER_PORT_ORIGIN ?? VICTIM_ORIGIN)];
  const isOfVictim = victim.protocol === other.protocol && victim.hostname === other.hostname;
  const isOther = OTHER_PORT_ORIGIN === null || (isOfVictim && victim.port !== other.port);
  return [
    ...taken.map(([name]) => `  ${name}: must have another host name than LOGINSCOPE_ORIGIN and VICTIM_ORIGIN`),
    ...(isOther ? [] : ["  OTHER_PORT_ORIGIN: must be VICTIM_ORIGIN with another port"]),
  ];
}
