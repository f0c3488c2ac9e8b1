import type { CookieAttributes } from "../core/cookie.ts";
import type { Binding } from "../core/settings.ts";
import { day, type LifetimePreset, type Lifetimes, lifetimePresets, second } from "../core/time.ts";
import type { Variant } from "../core/variant.ts";
import type { CookiePrefix } from "./cookies/cookie-prefix.ts";

/**
 * What one lab chooses for all of its variants. Every default is what the flows do by themselves, and a choice
 * counts for credentials issued from then on.
 */
export type LabSettings = {
  readonly lifetimes: LifetimePreset;
  /** Days that a remembered login lasts; `null`: as the preset says. */
  readonly rememberedDays: number | null;
  /** Seconds that another machine's clock may be ahead: a token that begins so little in the future is taken. */
  readonly skewSeconds: number;
  /** What happens when a login comes from another client than it was given to. */
  readonly binding: Binding;
  /** So many logins of a person in a flow at once; the oldest goes when there is one more. `null`: as many as they like. */
  readonly parallelLogins: number | null;
  /** Wrong on purpose: credentials carry an e-mail address and a card number that nobody needs there. */
  readonly personalData: boolean;
  readonly cookies: CookieChoice;
};

/** How the flows' cookies are sent, where that is not as the flow sends them. `null`: as the flow does. */
export type CookieChoice = {
  /** `omitted`: no such attribute, and the browser's own default counts. `strict` is what RFC 10017 6.1 strict asks for. */
  readonly sameSite: "omitted" | "none" | "lax" | "strict" | null;
  readonly secure: boolean | null;
  readonly httpOnly: boolean | null;
  readonly path: string | null;
  readonly domain: string | null;
  /** `""`: the name without a prefix, which promises nothing. `__Host-Http-` is what RFC 10017 6.1 prefix asks for. */
  readonly prefix: "" | CookiePrefix | null;
  readonly partitioned: boolean | null;
  /** Seconds, whatever the login's own end is; `session`: it ends with the browser, also where a login is remembered. */
  readonly maxAge: number | "session" | null;
};

const asTheFlowDoes: CookieChoice = {
  sameSite: null,
  secure: null,
  httpOnly: null,
  path: null,
  domain: null,
  prefix: null,
  partitioned: null,
  maxAge: null,
};

export const usualSettings: LabSettings = {
  lifetimes: "standard",
  rememberedDays: null,
  skewSeconds: 5,
  binding: { userAgent: "off", ip: "off" },
  parallelLogins: null,
  personalData: false,
  cookies: asTheFlowDoes,
};

/** A part of the settings: what it leaves out stays as it is. */
export type SettingsChange = Partial<Omit<LabSettings, "binding" | "cookies">> & {
  readonly binding?: Partial<Binding>;
  readonly cookies?: Partial<CookieChoice>;
};

export function changed(settings: LabSettings, { binding, cookies, ...rest }: SettingsChange): LabSettings {
  return {
    ...settings,
    ...rest,
    binding: { ...settings.binding, ...binding },
    cookies: { ...settings.cookies, ...cookies },
  };
}

/** Do the flows send their cookies as they are written to? */
export function sendsAsWritten(choice: CookieChoice): boolean {
  return Object.values(choice).every((chosen) => chosen === null);
}

/** What a flow's cookie is sent with in a lab that chooses so. */
export function attributesIn(choice: CookieChoice, own: CookieAttributes): CookieAttributes {
  const { sameSite, maxAge } = choice;
  return {
    path: choice.path ?? own.path,
    domain: choice.domain ?? own.domain,
    secure: choice.secure ?? own.secure,
    httpOnly: choice.httpOnly ?? own.httpOnly,
    partitioned: choice.partitioned ?? own.partitioned,
    sameSite: sameSite === null ? own.sameSite : sameSite === "omitted" ? undefined : sameSite,
    maxAge: maxAge === null ? own.maxAge : maxAge === "session" ? undefined : maxAge,
  };
}

/** A variant as a lab with these settings runs it. */
export function inLab(settings: LabSettings, variant: Variant): Variant {
  const { binding, parallelLogins } = settings;
  return {
    ...variant,
    settings: {
      ...variant.settings,
      lifetimes: lifetimesIn(settings, variant.settings.lifetimes),
      ...((binding.userAgent !== "off" || binding.ip !== "off") && { binding }),
      ...(parallelLogins !== null && { parallelLogins }),
    },
  };
}

function lifetimesIn({ lifetimes, rememberedDays, skewSeconds }: LabSettings, own: Lifetimes): Lifetimes {
  const chosen = lifetimes === "standard" ? own : lifetimePresets[lifetimes];
  return {
    ...chosen,
    skew: skewSeconds * second,
    ...(rememberedDays !== null && { remembered: rememberedDays * day }),
  };
}
