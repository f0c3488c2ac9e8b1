import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { HeldView } from "@/lib/lab/lab-view.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { ServerPane } from "./server-pane.tsx";

const flow: FlowInfo = {
  ...{ id: "server-session", title: "Server session", trusts: "", therefore: "", presents: "cookie", renewedBy: [] },
  ...{ cookies: [], stores: {} },
};
const held: HeldView = {
  ...{ login: { accepted: false, code: "STORE_UNAVAILABLE" }, credentials: [], records: [], unanswered: [] },
};
const shown = (unanswered: readonly string[]) =>
  renderToStaticMarkup(<ServerPane flow={flow} held={{ ...held, unanswered }} variant={undefined} />);

test("a store that does not answer is named and not shown as empty", () => {
  expect(shown([])).toContain("No record yet");
  expect(shown(["redis"])).toContain("The store redis does not answer");
  expect(shown(["redis"])).not.toMatch(/No record yet|0 records/);
  expect(shown(["redis", "file"])).toContain("The stores redis, file do not answer");
});

test("a file of logins that was set aside is named, with what became of its logins", () => {
  const pane = renderToStaticMarkup(
    <ServerPane flow={flow} held={{ ...held, setAside: ["logins.json.broken-2026"] }} variant={undefined} />,
  );
  expect(pane).toContain("logins.json.broken-2026");
  expect(pane).toContain("they let nobody in");
  expect(shown([])).not.toContain("could not be read");
});
