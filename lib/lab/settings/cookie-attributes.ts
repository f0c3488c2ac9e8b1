import type { CookieAttributes } from "../../core/cookie.ts";
import type { CookieChoice } from "../lab-settings.ts";

/** Do the flows' cookies keep their own attributes? */
export function sendsAsWritten(choice: CookieChoice): boolean {
  return Object.values(choice).every((chosen) => chosen === null);
}

/** The attributes of a flow's cookies in this lab. */
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
