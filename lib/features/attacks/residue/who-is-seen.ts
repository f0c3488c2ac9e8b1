import type { Dispatch } from "../../../http/router.ts";
import type { LabView } from "../../../lab/lab-view.ts";

/** The headers that say who asks. */
const ofSender = ["cookie", "authorization", "user-agent", "x-forwarded-for"] as const;

/**
 * The balance of the person behind a request, or the code by which nobody is; another sentence where there was no verdict. The lab's own answer has both: it judges the credentials
 * that came by the flow, and extends no login.
 */
export async function whoIsSeen(
  ask: Dispatch,
  request: Pick<Request, "url" | "headers">,
  flow: string,
): Promise<string> {
  const headers = new Headers();
  for (const name of ofSender) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const answer = await ask(new Request(new URL("/api/lab", request.url), { headers }));
  const { people, held }: Partial<LabView> = await answer.json();
  const login = held?.[flow]?.login;
  if (!login || (!login.accepted && login.code === "STORE_UNAVAILABLE")) return "no answer";
  if (!login.accepted) return `refused ${login.code}`;
  const { username } = login.user;
  return `${username} has ${people?.find((each) => each.username === username)?.balance ?? 0} coins`;
}
