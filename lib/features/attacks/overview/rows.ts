import type { FlowManifest } from "../../../core/variant.ts";
import { csrfRows } from "./csrf-row.ts";
import { fixationRow } from "./fixation-row.ts";
import { forgeryRow } from "./forgery-row.ts";
import { guessingRow } from "./guessing-row.ts";
import { leakedKeyRow } from "./leaked-key-row.ts";
import type { AttackRow } from "./model.ts";
import { residueRow } from "./residue-row.ts";
import { theftRows } from "./theft-row.ts";
import { tossingRow } from "./tossing-row.ts";
import { xssRow } from "./xss-row.ts";

/** Every attack that is built, a line each, in the order of the page. */
export function attackRows(manifests: readonly FlowManifest[]): readonly AttackRow[] {
  return [
    ...csrfRows,
    xssRow(manifests),
    residueRow(),
    ...theftRows(manifests),
    fixationRow(manifests),
    tossingRow(),
    forgeryRow(manifests),
    leakedKeyRow(manifests),
    guessingRow(manifests),
  ];
}
