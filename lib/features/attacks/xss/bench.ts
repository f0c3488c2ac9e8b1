import type { Duration } from "../../../core/time.ts";
import type { Transport } from "../../../lab/device.ts";
import type { SettingsChange } from "../../../lab/lab-settings.ts";

/** A lab of its own behind the real edge, for one page of a play. */
export type XssLab = {
  readonly transport: Transport;
  readonly origin: string;
  readonly labCookie: readonly [string, string];
  readonly passwords: Readonly<Record<string, string>>;
  /** Moves the lab's clock. */
  pass(by: Duration): Promise<void>;
  close(): Promise<void>;
};

/** Opens labs with these settings. Passwords are compared there, and their hashes cost nothing. */
export type XssBench = { open(settings: SettingsChange): Promise<XssLab> };
