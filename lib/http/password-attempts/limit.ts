/** Counts attempts by key, on the system's clock. */
export type Limit = {
  /** Takes an attempt before it is made. `wait`: the seconds to wait if none is left; `null`: it is taken. */
  reserve(key: string): Promise<{
    readonly wait: number | null;
    /** Gives the attempt back after a success. */
    giveBack(): Promise<void>;
    /** Takes it back as if it had not been made: what it was to try was not tried. */
    undo(): Promise<void>;
  }>;
};
