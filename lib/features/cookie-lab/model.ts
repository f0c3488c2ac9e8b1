/** Whether a cookie travels to the echo below the laboratory, and whether scripts of its page read it. */
export type LineSeen = { readonly travels: boolean; readonly scripts: boolean };

/** A line with which another engine did otherwise than the rules say. */
export type LineDifference = {
  readonly line: string;
  /** It was set by a script. */
  readonly byScript: boolean;
  readonly computed: LineSeen;
  readonly observed: LineSeen;
};

/** Every line of the laboratory, tried in another engine. */
export type EngineLines = {
  readonly playedAt: string;
  readonly browser: string;
  /** How many lines were tried. */
  readonly tried: number;
  readonly differences: readonly LineDifference[];
};
