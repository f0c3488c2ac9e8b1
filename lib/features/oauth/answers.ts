import { z } from "zod";

/** RFC 7517, of the public keys that a lab has: EdDSA (RFC 8037) and ES256. */
export const jwksAnswer = z
  .strictObject({
    keys: z.array(
      z.strictObject({
        kty: z.enum(["OKP", "EC"]),
        crv: z.string(),
        x: z.string(),
        y: z.string().exactOptional(),
        kid: z.string(),
        alg: z.string(),
        use: z.literal("sig"),
      }),
    ),
  })
  .meta({ id: "Jwks" });

/** RFC 8414 §2. */
export const metadataAnswer = z
  .strictObject({
    issuer: z.url(),
    jwks_uri: z.url(),
    response_types_supported: z.array(z.string()),
    grant_types_supported: z.array(z.string()),
    revocation_endpoint: z.url(),
    revocation_endpoint_auth_methods_supported: z.array(z.string()),
    introspection_endpoint: z.url(),
    introspection_endpoint_auth_methods_supported: z.array(z.string()),
    access_token_signing_alg_values_supported: z.array(z.string()),
  })
  .meta({ id: "AuthorizationServer" });

/**
 * RFC 7662 §2.2. The last four are of a session id of `hybrid/introspected`. `aud`, and no `username`: of a gateway's
 * token for a service inside.
 */
export const introspectAnswer = z
  .discriminatedUnion("active", [
    z.strictObject({ active: z.literal(false) }),
    z.strictObject({
      active: z.literal(true),
      iss: z.string(),
      client_id: z.string(),
      sub: z.string(),
      username: z.string().exactOptional(),
      aud: z.string().exactOptional(),
      iat: z.int(),
      exp: z.int(),
      jti: z.string().exactOptional(),
      token_type: z.literal("Bearer").exactOptional(),
      name: z.string().exactOptional(),
      role: z.string().exactOptional(),
      auth_time: z.int().exactOptional(),
      sid: z.string().exactOptional(),
    }),
  ])
  .meta({ id: "Introspection" });

/** RFC 6749 §5.2. */
export const oauthErrorAnswer = z
  .strictObject({
    error: z.enum(["invalid_client", "invalid_request", "unsupported_token_type"]),
    error_description: z.string(),
  })
  .meta({ id: "OAuthError" });
