import { test as base } from "../fixtures.ts";
import { expect } from "../matchers.ts";
import { lifetimeSeconds, type PlainSession, servePlainSession } from "./plain-session.ts";

/** All that the fixtures need to know of the application. */
const test = base.extend<{ readonly forgetful: boolean; readonly server: PlainSession }>({
  forgetful: [false, { option: true }],
  server: async ({ forgetful }, use) => {
    const server = await servePlainSession({ forgetful });
    await use(server);
    await server.close();
  },
  application: async ({ server }, use) => {
    await use({
      me: `${server.origin}/me`,
      async logIn(context) {
        const page = context.pages()[0] ?? (await context.newPage());
        await page.goto(server.origin);
        await page.getByRole("button", { name: "Log in" }).click();
        await expect(page.getByText("Welcome")).toBeVisible();
      },
      passTime: async (seconds) => server.passTime(seconds),
    });
  },
});

test("a copy is accepted beside its owner, and a request without a credential is refused", async ({
  logIn,
  replay,
}) => {
  const captured = await logIn();
  expect(await replay(captured)).toBeAccepted();
  expect(await replay({ ...captured, cookies: [] })).toBeRefused({ status: 303 });
});

test("the session cookie has the expected attributes", async ({ context, logIn }) => {
  await logIn();
  await expect(context).toHaveCookie("sid", {
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
    maxAgeSeconds: lifetimeSeconds,
  });
});

for (const forgetful of [false, true]) {
  test.describe(
    forgetful ? "an application whose logout only deletes the cookie" : "an application whose logout ends the session",
    () => {
      test.use({ forgetful });

      test(`a copy ${forgetful ? "outlives" : "ends with"} the logout, and the browser looks the same`, async ({
        context,
        page,
        logIn,
        replay,
      }) => {
        const captured = await logIn();
        await page.getByRole("button", { name: "Log out" }).click();
        await expect(page.getByRole("button", { name: "Log in" })).toBeVisible();
        await expect(context).not.toHaveCookie("sid");

        const answer = await replay(captured);
        if (forgetful) {
          expect(answer).toBeAccepted();
          // The message that a tester of that application would get.
          expect(() => expect(answer).toBeRefused()).toThrow("Expected the credential to be refused. Answered: 200.");
        } else expect(answer).toBeRefused();
      });
    },
  );
}

test("an id that was changed, cut or written in small letters is refused", async ({ logIn, replay, tamper }) => {
  const captured = await logIn();
  const place = { cookie: "sid" };
  for (const forged of [
    tamper.flip(captured, place),
    tamper.cut(captured, place, 20),
    tamper.value(captured, place, (value) => value.toLowerCase()),
  ])
    expect(await replay(forged)).toBeRefused();
});

test("a second device is not logged in until it is given a copy", async ({ server, capture, logIn, secondDevice }) => {
  const captured = await logIn();
  for (const [device, seen] of [
    [await secondDevice(), "Log in"],
    [await secondDevice({ holding: captured }), "Log out"],
  ] as const) {
    const page = await device.newPage();
    await page.goto(`${server.origin}/me`);
    await expect(page.getByRole("button", { name: seen })).toBeVisible();
    expect((await capture({ context: device })).cookies).toHaveLength(seen === "Log out" ? 1 : 0);
  }
});

test("the server ends a login when its time passes, although the browser still has the cookie", async ({
  context,
  expire,
  logIn,
  replay,
}) => {
  const captured = await logIn();
  await expire.after(lifetimeSeconds - 60);
  expect(await replay(captured)).toBeAccepted();
  await expect(context).toHaveCookie("sid");
  await expire.after(lifetimeSeconds);
  expect(await replay(captured)).toBeRefused();
  await expect(context).not.toHaveCookie("sid");

  const again = await logIn();
  await expire.cookies("sid");
  await expect(context).not.toHaveCookie("sid");
  expect(await replay(again)).toBeAccepted();
});
