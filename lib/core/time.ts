/**
 * Milliseconds since 1970, on the clock that the context names. The only unit of time inside; HTTP uses ISO 8601 and
 * seconds.
 */
export type Instant = number;
/** A duration in milliseconds. */
export type Duration = number;

/** The last instant of the year 9999: later ones have no ISO 8601 date of four digits. */
export const latestInstant: Instant = 253_402_300_799_999;

/** Is it an instant, or a duration, that a store or a credential may hold? */
export function isInstant(value: unknown): value is Instant {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= latestInstant;
}

/** The last second of the year 9999. */
export const latestNumericDate = 253_402_300_799;

/** The instant of a NumericDate (RFC 7519 §2: seconds since 1970, maybe with a fraction); `null`: it is none, or has no date. */
export function instantOfNumericDate(value: unknown): Instant | null {
  return typeof value === "number" && value >= 0 && value <= latestNumericDate ? Math.floor(value * 1000) : null;
}

export const second: Duration = 1000;
export const minute: Duration = 60 * second;
export const hour: Duration = 60 * minute;
export const day: Duration = 24 * hour;

export interface Clock {
  now(): Instant;
}

/** When a credential ends by itself. Claims use these names for `until`. */
export type Lifetimes = {
  /** The login ends after this time without use (ASVS 7.3.1, NIST 5.2 timeout, WSTG-SESS-07). */
  readonly idle: Duration;
  /** The login ends after this time, also in use (ASVS 7.3.2, NIST 5.2 timeout, WSTG-SESS-07). */
  readonly absolute: Duration;
  /** The absolute end of a login that asked to be remembered. It lengthens the end and never removes it. */
  readonly remembered: Duration;
  /** A last-seen time is written, and a sliding credential reissued, at most once in this time. */
  readonly touchEvery: Duration;
  /** An access token's `exp`. */
  readonly access: Duration;
  /** The absolute end of a refresh family; no successor outlives it (ASVS 10.4.8, RFC 10017 refresh expiry). */
  readonly refresh: Duration;
  /** Within this time, a retry with a rotated refresh token gets the same successor. */
  readonly grace: Duration;
  /**
   * How far ahead the issuer's clock may be. It lets a token begin early and lengthens none: `exp` has no tolerance.
   */
  readonly skew: Duration;
};

export type LifetimeName = keyof Pick<Lifetimes, "idle" | "absolute" | "access" | "refresh">;

export const standardLifetimes: Lifetimes = {
  idle: 30 * minute,
  absolute: 8 * hour,
  remembered: 30 * day,
  touchEvery: minute,
  access: 15 * minute,
  refresh: 7 * day,
  grace: 10 * second,
  skew: 5 * second,
};

/**
 * Lifetimes that a lab can choose. The AAL ones follow NIST SP 800-63B-4 §2.1.3, §2.2.3 and §2.3.3 (AAL1 asks for no
 * idle end, so its idle end is the absolute one); `seconds` is for a classroom, to watch logins end.
 */
export const lifetimePresets = {
  standard: standardLifetimes,
  aal1: { ...standardLifetimes, idle: 30 * day, absolute: 30 * day, remembered: 30 * day, refresh: 30 * day },
  aal2: { ...standardLifetimes, idle: hour, absolute: day, remembered: day, refresh: day },
  aal3: { ...standardLifetimes, idle: 15 * minute, absolute: 12 * hour, remembered: 12 * hour, refresh: 12 * hour },
  seconds: {
    idle: 30 * second,
    absolute: 2 * minute,
    remembered: 5 * minute,
    touchEvery: 2 * second,
    access: 15 * second,
    refresh: 90 * second,
    grace: 3 * second,
    skew: second,
  },
} as const satisfies Record<string, Lifetimes>;

export type LifetimePreset = keyof typeof lifetimePresets;

export const presetNames: readonly LifetimePreset[] = ["standard", "aal1", "aal2", "aal3", "seconds"];

/** The longest life of a credential that is signed or sealed under these lifetimes. */
export function longestLife({ access, absolute, remembered }: Lifetimes): Duration {
  return Math.max(access, absolute, remembered);
}

/** The two ends of a login that starts now. A remembered login has its absolute end as its idle end. */
export function endsOf(lifetimes: Lifetimes, now: Instant, remember: boolean): { idleFor: Duration; endsAt: Instant } {
  return remember
    ? { idleFor: lifetimes.remembered, endsAt: now + lifetimes.remembered }
    : { idleFor: lifetimes.idle, endsAt: now + lifetimes.absolute };
}

/** From the longest to the shortest, each with its name. Pages, documents and answers all spell units this way. */
const units = [
  [day, "d"],
  [hour, "h"],
  [minute, "min"],
  [second, "s"],
] as const;

/** `14 min 32 s`, `7 h 59 min`, `6 d 23 h`: for remaining time. The two largest units, whole, never rounded up. */
export function duration(milliseconds: Duration): string {
  const rest = Math.max(0, milliseconds);
  const at = units.findIndex(([size]) => rest >= size);
  const [large, largeName] = units[at] ?? [second, "s"];
  const [small, smallName] = units[at + 1] ?? [second, "s"];
  const major = `${Math.floor(rest / large)} ${largeName}`;
  const minor = Math.floor((rest % large) / small);
  return minor === 0 || large === second ? major : `${major} ${minor} ${smallName}`;
}

/**
 * `30 min`, `90 s`, `250 ms`: for a duration that was chosen. In the largest unit that divides it, so that it is told
 * exactly.
 */
export function wholeDuration(milliseconds: Duration): string {
  const [size, name] = units.find(([each]) => milliseconds >= each && milliseconds % each === 0) ?? [1, "ms"];
  return `${milliseconds / size} ${name}`;
}
