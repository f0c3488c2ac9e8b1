import type { SourceLine } from "../../lab/feed/exchange.ts";
import type { SourceText } from "../source/model.ts";
import type { Repository } from "../source/repository.ts";
import { readSource } from "../source/source-reader.ts";
import { ownFiles } from "../source/variant-files.ts";
import type { ActingFunction, NumberedLine, OperationPair } from "./difference.ts";
import type { Measured, MeasuredAction } from "./model.ts";
import type { FlowAndVariant } from "./pair-files.ts";

/** The operations that are shown, and the request that asks for each. */
const operations = { authenticate: "me", logout: "logout" } as const satisfies Record<string, MeasuredAction>;

/** How both sides authenticate a request and log out, in their own lines. Unmeasured no line is marked. */
export function operationPairs(
  files: Repository,
  left: FlowAndVariant,
  right: FlowAndVariant,
  measured: Measured | null,
): Promise<readonly OperationPair[]> {
  const names = ["authenticate", "logout"] as const;
  return Promise.all(
    names.map(async (operation) => ({
      operation,
      left: await functionsOf(files, left, operation, measured),
      right: await functionsOf(files, right, operation, measured),
    })),
  );
}

async function functionsOf(
  files: Repository,
  { module, variant }: FlowAndVariant,
  operation: OperationPair["operation"],
  measured: Measured | null,
): Promise<readonly ActingFunction[]> {
  const own = ownFiles(files, module.manifest.id);
  const known = measured?.byVariant[variant.id];
  const call = known && "calls" in known ? known.calls.find(({ action }) => action === operations[operation]) : null;
  const steps = call?.steps.flatMap(({ at }) => at ?? []) ?? [];
  const acting = own.filter((path) => steps.some(({ file }) => file === path));
  const flow = await readSource(files, own[0] ?? "");
  return actingFunctions(flow, operation, steps, await Promise.all(acting.map((path) => readSource(files, path))));
}

type Block = { readonly name: string; readonly from: number; readonly to: number };

// Cost: its text is a line of this repository.
const head = /^( *)(?:export |const )*(?:async )?(?:function )?(\w+)(?:: [\w"[\]]+ =|: | =)?(?: async )?(?:async )?\(/;
const notNames = new Set(["if", "for", "while", "switch", "catch", "return", "await"]);
/** Makes a flow: what is around all of its functions. */
const maker = /^create[A-Z]/;

/** The functions that begin at a line and end at a closing brace with the same indent, outermost first. */
export function blocksIn(texts: readonly string[]): readonly Block[] {
  return texts.flatMap((text, index): readonly Block[] => {
    const [, indent, name = ""] = head.exec(text) ?? [];
    if (indent === undefined || notNames.has(name)) return [];
    const from = index + 1;
    if (text.includes(" => ") && text.endsWith(",")) return [{ name, from, to: from }];
    if (!/[({]$/.test(text)) return [];
    const body = text.endsWith("{") ? index : texts.findIndex((each, at) => at > index && bodyOpens(each, indent));
    const end = texts.findIndex((each, at) => at > body && closes(each, indent));
    return body < 0 || end < 0 ? [] : [{ name, from, to: end + 1 }];
  });
}

/** A signature of several lines ends with its brace. */
function bodyOpens(text: string, indent: string): boolean {
  return text.startsWith(`${indent})`) && text.endsWith("{");
}

function closes(text: string, indent: string): boolean {
  return text === `${indent}}` || text === `${indent}},`;
}

/** The innermost function around a line. */
function around(blocks: readonly Block[], line: number): Block | undefined {
  return blocks
    .filter(({ name, from, to }) => from <= line && line <= to && !maker.test(name))
    .toSorted((a, b) => b.from - a.from)[0];
}

/**
 * The flow's own function of an operation, and after it those functions whose lines called a port when it was really
 * asked. `steps`: the lines that called.
 */
function actingFunctions(
  flow: SourceText,
  operation: string,
  steps: readonly SourceLine[],
  sources: readonly SourceText[],
): readonly ActingFunction[] {
  const own = blocksIn(flow.lines.map(textOf)).find(({ name }) => name === operation);
  const first = own ? [actingIn(flow, own, steps)] : [];
  const called = sources.flatMap((source) => {
    const lines = steps.filter(({ file }) => file === source.path).map(({ line }) => line);
    const blocks = blocksIn(source.lines.map(textOf));
    const acting = new Set(lines.flatMap((line) => around(blocks, line) ?? []));
    return [...acting].map((block) => actingIn(source, block, steps));
  });
  const isFirst = ({ file, lines }: ActingFunction) => file === flow.path && lines[0]?.number === own?.from;
  return [...first, ...called.filter((each) => !isFirst(each))];
}

function actingIn(
  { path, lines }: SourceText,
  { name, from, to }: Block,
  steps: readonly SourceLine[],
): ActingFunction {
  const own = steps.filter(({ file, line }) => file === path && from <= line && line <= to).map(({ line }) => line);
  return {
    file: path,
    name,
    lines: lines.slice(from - 1, to).map((tokens, index) => ({ number: from + index, tokens })),
    acted: [...new Set(own)],
  };
}

function textOf(tokens: NumberedLine["tokens"]): string {
  return tokens.map(([, text]) => text).join("");
}
