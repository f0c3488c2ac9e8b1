import type { Dispatch } from "../../../../http/router.ts";
import type { WeaknessId } from "../model.ts";
import { fromAnyOrigin } from "./any-origin.ts";
import { withCookiePrefix } from "./cookie-names.ts";
import { withSameSiteNone } from "./same-site-none.ts";

/** Each weakness, as a wrapper around the edge that has none. */
export const wrappers: Readonly<Record<WeaknessId, (right: Dispatch) => Dispatch>> = {
  "any-origin": fromAnyOrigin,
  "same-site-none": withSameSiteNone,
  "plain-names": withCookiePrefix(""),
  "secure-names": withCookiePrefix("__Secure-"),
};
