import type { Dispatch } from "../../../../http/router.ts";

/** An edge whose cookies go along whoever asks. It changes the lines that the right edge has written. */
export function withSameSiteNone(right: Dispatch): Dispatch {
  return async (request) => {
    const answer = await right(request);
    const lines = answer.headers.getSetCookie();
    if (lines.length === 0) return answer;
    const headers = new Headers(answer.headers);
    headers.delete("set-cookie");
    for (const line of lines)
      headers.append("set-cookie", line.replace(/; SameSite=(?:Lax|Strict)/i, "; SameSite=None"));
    return new Response(answer.body, { status: answer.status, headers });
  };
}
