import type { ResidueEnd, Walk } from "@/lib/features/attacks/residue/model.ts";
import type { PersonView } from "@/lib/lab/lab-view.ts";
import { ask } from "../../../_browser/api.ts";
import { logIn, logOut } from "../../../_browser/flow-calls.ts";
import type { FlowInfo } from "../../../_browser/flow-info.ts";
import { sendFrom } from "../../../_devices/device-calls.ts";

/** A login of alice's, and its end. */
export type LoginOfWalk = {
  /** `null`: it is in a cookie. */
  readonly token: string | null;
  end(): Promise<unknown>;
};

type Alice = Pick<PersonView, "username" | "password">;

/** Logs alice in as a walk has it. Throws if she is refused. */
export async function logInFor(
  { flow: id, end }: Walk,
  flows: readonly FlowInfo[],
  alice: Alice,
): Promise<LoginOfWalk> {
  const flow = flows.find((each) => each.id === id);
  const { username, password } = alice;
  if (!flow || password === null) throw new Error("alice’s login was not tried.");
  if (end === "memory") return inMemory(id, { username, password });
  const answer = await logIn(flow, { username, password, remember: false });
  if (!answer.ok) throw new Error(`alice’s login was refused. ${answer.detail}`);
  return { token: null, end: async () => expectEnded(await endings[end](flow, { username, password })) };
}

/** What is seen after a login that goes on says nothing. */
function expectEnded(isEnded: boolean): void {
  if (!isEnded) throw new Error("alice’s login could not be ended.");
}

type Ending = (flow: FlowInfo, credentials: Readonly<Record<"username" | "password", string>>) => Promise<boolean>;

const endings: Readonly<Record<Exclude<ResidueEnd, "memory">, Ending>> = {
  logout: async (flow) => (await logOut(flow)).ok,
  /** Her phone ends all logins but its own: this browser is asked nothing, and told nothing. */
  async revoked(flow, credentials) {
    const revoke = async () => {
      const answer = await sendFrom({ ...phone, path: `/api/${phone.flow}/revoke`, body: { scope: "others" } });
      return answer.ok && answer.body.status < 300;
    };
    if (await revoke()) return true;
    await sendFrom({ ...phone, path: `/api/${flow.id}/login`, body: credentials });
    return revoke();
  },
};

const phone = { device: "phone", flow: "server-session" } as const;

/** Ends the login that the phone has for its revocations. */
export function logOutPhone(): Promise<unknown> {
  return sendFrom({ ...phone, path: `/api/${phone.flow}/logout` });
}

type Tokens = { readonly access_token: string; readonly refresh_token: string };

/** Both tokens come in the answer, as a native client gets them, and no cookie does. */
async function inMemory(flow: string, credentials: Readonly<Record<string, string>>): Promise<LoginOfWalk> {
  const body = { ...credentials, client: "native" };
  const answer = await ask<Tokens>(`/api/${flow}/login`, { method: "POST", body });
  if (!answer.ok) throw new Error(`alice’s login was refused. ${answer.detail}`);
  const { access_token: bearer, refresh_token } = answer.body;
  const path = `/api/${flow}/logout`;
  const end = () => ask(path, { method: "POST", bearer, body: { refresh_token } });
  return { token: bearer, end: async () => expectEnded((await end()).ok) };
}
