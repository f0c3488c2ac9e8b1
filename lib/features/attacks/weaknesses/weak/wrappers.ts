import type { Dispatch } from "../../../../http/router.ts";
import type { WeaknessId } from "../model.ts";
import { fromAnyOrigin } from "./any-origin.ts";
import { withSameSiteNone } from "./same-site-none.ts";

/** Each weakness, as a wrapper around the edge that has none. */
export const wrappers: Readonly<Record<WeaknessId, (right: Dispatch) => Dispatch>> = {
  "any-origin": fromAnyOrigin,
  "same-site-none": withSameSiteNone,
};
