import { type BrowserContext, test as base } from "@playwright/test";
import { type Captured, capture, watchBearers } from "./capture.ts";
import { type Answer, type ReplayRequest, replay } from "./replay.ts";
import { type DeviceOptions, openDevice } from "./second-device.ts";
import { tamper } from "./tamper.ts";

/** The application under test. A member that is left out is missing only for the fixtures that need it. */
export type Application = {
  /** An address that answers 2xx to a logged-in client and refuses others. The default address of `replay`. */
  readonly me?: string;
  /** Logs a person in, in that browser. May answer a bearer token that no page sends. */
  readonly logIn?: (context: BrowserContext) => Promise<string | undefined>;
  /** Moves the application's clock, if tests can move it. */
  readonly passTime?: (seconds: number, context: BrowserContext) => Promise<void>;
  /** Cookies that are not credentials and that a second device has too, for example one that names a tenant. */
  readonly sharedCookies?: readonly string[];
};

export type CredentialOptions = {
  /** Set it with `test.use` or in the configuration. An object, because Playwright takes a function for a fixture. */
  readonly application: Application;
};

export type CredentialFixtures = {
  /** Logs in as the application says, in this test's browser or in another one. Answers a capture of that browser. */
  readonly logIn: (context?: BrowserContext) => Promise<Captured>;
  /** A capture of this test's browser or of another one. `given` are bearer tokens that no page has sent. */
  readonly capture: (from?: {
    readonly context?: BrowserContext;
    readonly given?: readonly string[];
  }) => Promise<Captured>;
  /** Sends a captured credential from a client without any other state. Without a request it asks who is logged in. */
  readonly replay: (captured: Captured, request?: ReplayRequest) => Promise<Answer>;
  readonly tamper: typeof tamper;
  /** Another browser, closed after the test. It has the application's shared cookies and the given capture. */
  readonly secondDevice: (options?: DeviceOptions) => Promise<BrowserContext>;
  readonly expire: {
    /** Moves the application's clock, and removes the cookies that expire by that from this test's browser. */
    readonly after: (seconds: number) => Promise<void>;
    /** Removes cookies in the browser only, without a request to the server. Without names it removes all. */
    readonly cookies: (...names: readonly string[]) => Promise<void>;
  };
};

export const test = base.extend<CredentialOptions & CredentialFixtures>({
  application: [{}, { option: true }],

  // It records before a page is opened, so that no token is missed.
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

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures from the destructured parameter.
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
