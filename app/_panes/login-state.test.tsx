import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { HeldView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { LoginState } from "./login-state.tsx";

const flow: FlowInfo = {
  ...{ id: "server-session", title: "Server session", trusts: "", therefore: "", presents: "cookie", renewedBy: [] },
  ...{ cookies: [], stores: {} },
};
const held: HeldView = {
  login: {
    ...{ accepted: true, variant: "server-session/sql", recordId: null, ends: {} },
    user: { id: "1", username: "alice", displayName: "Alice", role: "user" },
    ...{ issuedAt: "2026-01-01T12:00:00.000Z", expiresAt: "2026-01-01T12:30:00.000Z" },
  },
  ...{ credentials: [], records: [], unanswered: [] },
};
const shown = (away: boolean) =>
  renderToStaticMarkup(
    <LoginState flow={flow} held={held} people={[]} variant={undefined} renewing={false} away={away} />,
  );

test("a login of which the server does not answer now is shown as of the last answer, and not in green", () => {
  expect(shown(false)).toMatch(/text-accepted">accepted</);
  expect(shown(true)).toContain("accepted when last asked");
  expect(shown(true)).not.toContain("text-accepted");
});

test("a refused login says why under its code", () => {
  const reason = "A logout ended its row, and every request looks there.";
  const refused: HeldView = { ...held, login: { accepted: false, code: "REVOKED", reason } };
  const state = renderToStaticMarkup(
    <LoginState flow={flow} held={refused} people={[]} variant={undefined} renewing={false} away={false} />,
  );
  expect(state.replaceAll(/<[^>]+>/g, " ")).toMatch(/refused +REVOKED.*A logout ended its row, and every request/);
});
