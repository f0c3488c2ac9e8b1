import type { Dispatch } from "../../../http/router.ts";

/** Pages of an attack that belong to the victim's own application, at its host: some leave out a defence. */
export type VictimsPage = {
  /** The first part of their address there. */
  readonly name: string;
  answer(request: Request, ports: VictimsPorts): Promise<Response>;
};

export type VictimsPorts = {
  /** The application's edge, for who is logged in. */
  readonly ask: Dispatch;
  /** The lab that plays this attack with this ticket; `null`: there is none, or no longer. */
  readonly labOf: (ticket: string, attack: string) => string | null;
};
