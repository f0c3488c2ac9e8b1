import { variants } from "../../../flows/registry.ts";
import type { Scenario } from "../scenario.ts";
import { alice } from "./people.ts";

/** Every variant from its login to the copy that is tried afterwards: what each of them gives, takes and keeps. */
export const variantScenarios: readonly Scenario[] = variants.map((variant): Scenario => {
  const { id, settings, holds } = variant;
  const api = `/api/${id.split("/")[0]}` as const;
  const inBody = holds.some(({ travels }) => travels === "body");
  const renewing = inBody ? { body: { refresh_token: "{refresh token}" } } : {};
  return {
    area: "variants",
    name: id.replace("/", "-"),
    title: `a login of ${id} is used, renewed and ended, and its copy is tried`,
    ...(settings.store === "redis" && { redis: true }),
    steps: [
      { by: "alice", sends: `POST ${api}/login`, body: { ...alice, variant: id, remember: true } },
      { by: "alice", sends: `GET ${api}/me` },
      { by: "thief", copies: "alice" },
      { by: "alice", sends: `POST ${api}/refresh`, ...renewing },
      { by: "alice", sends: `POST ${api}/logout`, ...renewing },
      { by: "thief", sends: `GET ${api}/me` },
      { by: "thief", sends: `POST ${api}/refresh`, ...renewing },
    ],
  };
});
