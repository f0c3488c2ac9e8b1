import type { FlowDeps } from "../core/ports.ts";
import { decodeToken } from "../http/request/address.ts";
import type { LabSettings } from "../lab/lab-settings.ts";
import type { Carried } from "./wire-flow.ts";

/** The card number is one for tests. */
const personalData = { profile: { email: "someone@example.com", card: "4111 1111 1111 1111" } };

type Contents = { readonly carried?: Carried; around(ports: FlowDeps): FlowDeps };

/**
 * Sensitive data that a lab can add to its credentials, to see why it does not belong there. It is added around the
 * flows, which know nothing of it. Wrong on purpose.
 */
export function unsafeContents({ personalData: hasPersonalData, passwordInside }: LabSettings): Contents {
  const data = hasPersonalData ? personalData : {};
  if (!passwordInside) return { ...(hasPersonalData && { carried: () => data }), around: (ports) => ports };
  /** A password that was right just now counts before one that an earlier credential of the request carried. */
  let given: string | undefined;
  let inherited: string | undefined;
  const inherit = (content: object | undefined) => {
    const password: unknown = content && Reflect.get(content, "password");
    if (typeof password === "string") inherited = password;
  };
  return {
    carried() {
      const password = given ?? inherited;
      return { ...data, ...(password !== undefined && { password }) };
    },
    around: ({ users, signer, cookieState, ...ports }) => ({
      ...ports,
      users: {
        ...users,
        async verify(credentials) {
          const user = await users.verify(credentials);
          if (user) given = credentials.password;
          return user;
        },
      },
      signer: {
        ...signer,
        async verify(purpose, token) {
          const verified = await signer.verify(purpose, token);
          if (verified.ok) inherit(decodeToken(token)?.payload);
          return verified;
        },
      },
      cookieState: {
        ...cookieState,
        async read(jar, cookie, is) {
          const found = await cookieState.read(jar, cookie, is);
          if (found.ok) inherit(found.value);
          return found;
        },
      },
    }),
  };
}
