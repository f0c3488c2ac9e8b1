import type { Dispatch } from "../../../http/router.ts";

/** Pages of an attack that belong to the victim's own application, at its host: some leave out a defence. */
export type VictimsPage = {
  /** The first part of their address there. */
  readonly name: string;
  /** `ask`: the application's edge, for who is logged in. */
  answer(request: Request, ask: Dispatch): Promise<Response>;
};
