import { type BrowserContext, test as base } from "@playwright/test";
import { type Captured, capture, watchBearers } from "./capture.ts";
import { type Answer, type ReplayRequest, replay } from "./replay.ts";
import { type DeviceOptions, openDevice } from "./second-device.ts";
import { tamper } from "./tamper.ts";

/** What these fixtures have to know of the application that they test. Whatever is left out, only its fixture lacks. */
export type Application = {
  /** An address that answers 2xx to whoever is logged in and refuses everybody else. What `replay` asks by itself. */
  readonly me?: string;
  /** Logs somebody in, in that browser. What it answers is a bearer token that no page sends, if there is one. */
  readonly logIn?: (context: BrowserContext) => Promise<string | undefined>;
  /** Makes the application's own time pass, by a clock that it lets tests move. */
  readonly passTime?: (seconds: number, context: BrowserContext) => Promise<void>;
  /** Cookies that are no credential and that a second device has too, such as one that names a tenant. */
  readonly sharedCookies?: readonly string[];
};

export type CredentialOptions = {
  /** Set it with `test.use` or in the configuration. An object, because Playwright takes a function for a fixture. */
  readonly application: Application;
};

export type CredentialFixtures = {
  /** Logs in the way the application says, in this test's browser or in another, and answers what that holds then. */
  readonly logIn: (context?: BrowserContext) => Promise<Captured>;
  /** A copy of what this test's browser, or another, holds now; `given` are bearer tokens that no page sent. */
  readonly capture: (from?: {
    readonly context?: BrowserContext;
    readonly given?: readonly string[];
  }) => Promise<Captured>;
  /** Sends a copy from a client that has nothing else; asks who that is where no request is given. */
  readonly replay: (captured: Captured, request?: ReplayRequest) => Promise<Answer>;
  readonly tamper: typeof tamper;
  /**
   * Another browser, closed after the test. It has the cookies
   * that the application shares, and what it is given to hold.
   */
  readonly secondDevice: (options?: DeviceOptions) => Promise<BrowserContext>;
  readonly expire: {
    /** The application's time passes, and this test's browser drops the cookies whose own time that ends. */
    readonly after: (seconds: number) => Promise<void>;
    /** The browser alone drops them, all of them where none is named. Nobody tells the server. */
    readonly cookies: (...names: readonly string[]) => Promise<void>;
  };
};

export const test = base.extend<CredentialOptions & CredentialFixtures>({
  application: [{}, { option: true }],

  // It watches before any page is opened, so that no token is missed.
  context: async ({ context }, use) => {
    watchBearers(context);
    await use(context);
  },

  logIn: async ({ application, context }, use) => {
    await use(async (where = context) => {
      const logIn = needed(application.logIn, "logIn");
      watchBearers(where);
      const token = await logIn(where);
      return capture(where, token === undefined ? [] : [token]);
    });
  },

  capture: async ({ context }, use) => {
    await use(({ context: from = context, given = [] } = {}) => capture(from, given));
  },

  replay: async ({ application, baseURL, playwright }, use) => {
    await use(async (captured, request) =>
      replay(playwright.request, baseURL, captured, request ?? { url: needed(application.me, "me") }),
    );
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants to see by name which fixtures one needs.
  tamper: async ({}, use) => {
    await use(tamper);
  },

  secondDevice: async ({ application, browser, context }, use) => {
    const devices: BrowserContext[] = [];
    await use(async (options = {}) => {
      const shared = (await context.cookies()).filter(({ name }) => application.sharedCookies?.includes(name));
      const device = await openDevice(browser, options);
      devices.push(device);
      await device.addCookies(shared);
      return device;
    });
    for (const device of devices) await device.close();
  },

  expire: async ({ application, context }, use) => {
    await use({
      async after(seconds) {
        const passTime = needed(application.passTime, "passTime");
        const ending = (await context.cookies()).filter(
          ({ expires }) => expires !== -1 && expires <= Date.now() / 1000 + seconds,
        );
        await passTime(seconds, context);
        for (const { name, domain, path } of ending) await context.clearCookies({ name, domain, path });
      },
      async cookies(...names) {
        if (names.length === 0) await context.clearCookies();
        for (const name of names) await context.clearCookies({ name });
      },
    });
  },
});

function needed<T>(given: T | undefined, name: keyof Application): T {
  if (given === undefined)
    throw new Error(`Tell the fixtures of your application: test.use({ application: { ${name} } }).`);
  return given;
}
