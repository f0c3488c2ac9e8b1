import type { Client, FlowRequest } from "../../core/request.ts";
import type { RequestJar } from "./cookie-jar.ts";

/** What a flow sees of a request: the cookies, what an `Authorization` header and the body brought, and who seems to send it. */
export function flowRequestOf(request: Request, jar: RequestJar, client: Client, body: unknown): FlowRequest {
  const authorization = request.headers.get("authorization");
  const bearer = authorization === null ? undefined : (/^Bearer +([^\s]+) *$/i.exec(authorization)?.[1] ?? "");
  const refreshToken =
    typeof body === "object" && body !== null && "refresh_token" in body ? String(body.refresh_token) : undefined;
  return { cookies: jar, client, ...(bearer !== undefined && { bearer }), ...(refreshToken && { refreshToken }) };
}
