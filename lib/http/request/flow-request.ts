import type { Client, FlowRequest } from "../../core/request.ts";
import { bearerOf } from "./authorization.ts";
import type { RequestJar } from "./cookie-jar.ts";

/**
 * The part of a request that a flow sees: cookies, `Authorization`, the body's refresh token, and the apparent sender.
 */
export function flowRequestOf(request: Request, jar: RequestJar, client: Client, body: unknown): FlowRequest {
  const bearer = bearerOf(request);
  const refreshToken =
    typeof body === "object" && body !== null && "refresh_token" in body ? String(body.refresh_token) : undefined;
  return { cookies: jar, client, ...(bearer !== undefined && { bearer }), ...(refreshToken && { refreshToken }) };
}
