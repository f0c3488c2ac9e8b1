import { AsyncLocalStorage } from "node:async_hooks";
import type { VariantId } from "../../core/ids.ts";
import { type Clock, minute } from "../../core/time.ts";
import type { FlowManifest, Variant } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { runningVersion } from "../source/running-version.ts";
import { measure, type WatchedStage } from "./measurement.ts";
import type { Measured, MeasuredVariant } from "./model.ts";

type MeasurementsOptions = {
  readonly labMode: boolean;
  /** Variants that cannot log in here, each with a sentence on what is missing. */
  readonly missing: ReadonlyMap<VariantId, string>;
  readonly stage: () => WatchedStage;
  readonly systemClock: Clock;
  readonly report: (error: unknown) => void;
};

export type Measurements = ReturnType<typeof createMeasurements>;

/** A failed measurement is repeated, but not at every page load. */
const retryAfter = minute;

/** What each variant costs, measured at first need and kept for as long as the process lives: the code does not change meanwhile. */
export function createMeasurements(options: MeasurementsOptions) {
  let taking: Promise<Measured> | null = null;
  let taken: Measured | null = null;
  let retryAt = Number.POSITIVE_INFINITY;
  // A page asks for the measurement, which belongs to no page. Inside of one React would record a stack trace for each
  // asynchronous step of it, while developing: more work than the measurement itself.
  const outsideOfPages = AsyncLocalStorage.snapshot();

  async function take(): Promise<Measured> {
    const byVariant: Record<VariantId, MeasuredVariant> = {};
    let failed = false;
    for (const { manifest } of flows) {
      for (const variant of manifest.variants) {
        const found = await measureOne(manifest, variant);
        byVariant[variant.id] = found.measured;
        failed ||= found.failed;
      }
    }
    const now = options.systemClock.now();
    retryAt = failed ? now + retryAfter : Number.POSITIVE_INFINITY;
    taken = { at: new Date(now).toISOString(), version: await runningVersion(), byVariant };
    return taken;
  }

  async function measureOne(
    manifest: FlowManifest,
    variant: Variant,
  ): Promise<{ measured: MeasuredVariant; failed: boolean }> {
    const missing = options.labMode
      ? options.missing.get(variant.id)
      : "Variants are measured in lab mode, each in a lab of its own.";
    if (missing !== undefined) return { measured: { missing }, failed: false };
    try {
      const measured = await measure({ manifest, variant, stage: options.stage() });
      if (typeof measured !== "string") return { measured, failed: false };
      return { measured: { missing: `Not measured: ${measured}.` }, failed: true };
    } catch (error) {
      options.report(error);
      return { measured: { missing: "Not measured: something broke while it was tried." }, failed: true };
    }
  }

  const isDated = () => taken === null || options.systemClock.now() >= retryAt;

  return {
    /** What is known by now; `null`: it has to be measured first. */
    current: (): Measured | null => (isDated() ? null : taken),

    /** The same, once it is known. However many ask at once, it is measured once. */
    take(): Promise<Measured> {
      if (!isDated() && taken) return Promise.resolve(taken);
      taking ??= outsideOfPages(take).finally(() => {
        taking = null;
      });
      return taking;
    },
  };
}
