import type { Claim } from "../../lib/core/claim.ts";
import { holdingOf } from "../../lib/core/credential.ts";
import { flows as modules } from "../../lib/flows/registry.ts";
import { only } from "../credential-testing/capture.ts";
import type { Answer } from "../credential-testing/replay.ts";
import { loginscope } from "../fixtures/loginscope.ts";
import { expect, test } from "../fixtures/test.ts";

/** The default variants of each flow, in a lab and in production. */
const variants = modules.flatMap(({ manifest: { defaults, variants: all, cookies } }) =>
  all
    .filter(({ id }) => id === defaults.lab || id === defaults.production)
    .map((variant) => ({ variant, flow: variant.id.split("/")[0] ?? "", names: cookies.map(({ name }) => name) })),
);

for (const { variant, flow, names } of variants) {
  const holding = holdingOf(variant, "access");
  const place = holding?.travels === "cookie" ? { cookie: holding.cookie } : "bearer";

  test.describe(variant.id, () => {
    test.use({ application: loginscope(variant) });

    for (const [event, path, claims] of [
      ["a logout", "logout", variant.claims["replay-after-logout"]],
      ["a revocation of all", "revoke", variant.claims["replay-after-revoke-all"]],
    ] as const) {
      if (path === "revoke" && "revoke" in variant.cannot) continue;
      test(`after ${event} a copy is accepted exactly as long as the manifest claims`, async ({
        context,
        expire,
        logIn,
        replay,
      }) => {
        const captured = await logIn();
        expect(await replay(captured)).toBeAccepted();
        const authorization = captured.bearers.at(-1);
        const ended = await context.request.post(`/api/${flow}/${path}`, {
          ...(path === "revoke" && { data: { scope: "all" } }),
          ...(authorization !== undefined && { headers: { authorization: `Bearer ${authorization}` } }),
        });
        expect(ended.ok()).toBe(true);
        if (path === "logout") for (const name of names) await expect(context).not.toHaveCookie(name);
        const claim = claimOf(claims);
        fits(await replay(captured), claim);
        if (claim.until === "at-once" || claim.until === "staleFor" || claim.until === "never") return;
        await expire.after(variant.settings.lifetimes[claim.until] / 1000 + 60);
        expect(await replay(captured)).toBeRefused({ status: 401, code: "EXPIRED" });
      });
    }

    test("a credential that was changed, cut or sent under another name is refused", async ({
      logIn,
      replay,
      tamper,
    }) => {
      const captured = await logIn();
      const forged = [tamper.flip(captured, place), tamper.flip(captured, place, 0), tamper.cut(captured, place)];
      if (place === "bearer" || flow === "hybrid")
        forged.push(tamper.claims(captured, place, { role: "admin" }), tamper.unsigned(captured, place));
      for (const each of forged) expect(await replay(each)).toBeRefused({ status: 401, code: "INVALID_CREDENTIAL" });
      if (place !== "bearer")
        expect(await replay(tamper.swapNames(captured, place.cookie, "__Host-lab"))).toBeRefused({ status: 401 });
      // The refused requests did not end the login itself.
      expect(await replay(captured)).toBeAccepted();
    });

    test("a second device of the same lab is not logged in until it has a copy", async ({
      capture,
      logIn,
      replay,
      secondDevice,
    }) => {
      const captured = await logIn();
      const stranger = await secondDevice();
      await expect(stranger).toHaveCookie("__Host-lab");
      expect(await replay(await capture({ context: stranger }))).toBeRefused({ status: 401, code: "NO_CREDENTIAL" });
      // The part of the copy that authenticates a request.
      const stolen = only(captured, place === "bearer" ? { bearer: true } : { cookies: [place.cookie] });
      const thief = await secondDevice({ holding: stolen });
      expect(await replay(await capture({ context: thief, given: stolen.bearers }))).toBeAccepted();
      await logIn(stranger);
      await expect(stranger).toHaveCookie(names[0] ?? "");
    });
  });
}

/** The claim for a silent thief, who never refreshes with the copy. */
function claimOf(claims: readonly Claim[] | undefined): Claim {
  const claim = claims?.find(({ credential, thief }) => credential === "access" && thief !== "active");
  if (!claim) throw new Error("The manifest has no claim for it.");
  return claim;
}

function fits(answer: Answer, { outcome }: Claim): void {
  if (outcome === "exposed") expect(answer).toBeAccepted();
  else expect(answer).toBeRefused({ code: outcome });
}
