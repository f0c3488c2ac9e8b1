import { day, second } from "../../../core/time.ts";
import { cookieParts, stateIn } from "../forgery/cookie-parts.ts";
import { unsealed } from "../forgery/sealed-text.ts";
import type { CapturedCookie } from "./model.ts";
import { type LeakStage, openScratchLab, type Part } from "./scratch-lab.ts";
import { cookieFor } from "./script.ts";

/**
 * Cookies that were captured when they were good, and are over: alice has logged out, the keys are others, a day has
 * passed. Nobody gets in with them. What stands in them is another question.
 */
export async function playCaptured(place: LeakStage, key: string): Promise<readonly CapturedCookie[]> {
  const captured: CapturedCookie[] = [];
  for (const part of toRead(place, key)) {
    const found = await capture(place, part);
    if (found) captured.push(found);
  }
  return captured;
}

/** Where a key of cookies leaked: those that it seals, and signed ones, which anyone reads. */
function toRead({ parts }: Pick<LeakStage, "parts">, key: string): readonly Part[] {
  const own = parts.filter(({ variant: { id, settings } }) => id === key && settings.encoding);
  const signed = parts.filter(({ variant: { settings } }) => settings.encoding === "signed");
  return own.length > 0 ? [...new Set([...own, ...signed])] : [];
}

async function capture(place: LeakStage, part: Part): Promise<CapturedCookie | null> {
  const { id, settings } = part.variant;
  const lab = await openScratchLab(place);
  try {
    await lab.choose({ personalData: true });
    const alice = await lab.logIn(part, "alice");
    const inJar = alice?.cookies.get(cookieFor(part.variant) ?? "");
    if (!alice || inJar === undefined) return null;
    const cookie = decodeURIComponent(inJar);
    const { keyId, key } = (await lab.leak()).sealOf(id);
    await alice.send("POST", `/api/${part.manifest.id}/logout`);
    await lab.rotate(false);
    await lab.advance(day / second);
    const { reply } = await lab.read(part, cookie);
    const { rest, payload } = cookieParts(cookie);
    const state = settings.encoding === "sealed" ? unsealed(rest, { [keyId]: key }) : stateIn(payload);
    return {
      ...{ variant: id, code: reply.code, content: JSON.stringify(state) },
      needs: settings.encoding === "sealed" ? "sealing-key" : "no-key",
    };
  } finally {
    await lab.close();
  }
}
