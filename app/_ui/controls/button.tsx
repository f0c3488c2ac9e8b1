import type { ReactNode } from "react";

type ButtonProps = {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly kind?: "plain" | "primary" | "quiet";
  readonly size?: "small" | "normal" | "plug";
  /** The accessible name, where the visible words need their context. */
  readonly label?: string | undefined;
  /**
   * Why it cannot be pressed now. The button stays in the tab
   * order, so it keeps the focus when a press makes it unavailable.
   */
  readonly unavailable?: string | undefined;
  readonly busy?: boolean | undefined;
  /** It can be pressed, and says then why it does nothing. */
  readonly faint?: boolean;
  readonly className?: string;
};

const kinds = {
  plain: "border-strong bg-panel hover:border-edge hover:bg-sunk",
  primary: "border-ink bg-ink text-panel font-semibold hover:opacity-88",
  quiet: "border-transparent text-dim hover:text-ink hover:bg-sunk",
};

const sizes = {
  small: "min-h-control-small rounded-control-small px-2.25 text-control-small",
  normal: "min-h-control rounded-control px-3 text-sm",
  plug: "min-h-control rounded-control px-2.5 text-13",
};

const shape = "inline-flex items-center justify-center gap-1.5 border whitespace-nowrap";

export function Button(props: ButtonProps) {
  const { children, onPress, kind = "plain", size = "small", label, unavailable, busy = false } = props;
  const { faint = false, className = "" } = props;
  const off = unavailable !== undefined || busy;
  return (
    <button
      type="button"
      className={`${shape} ${sizes[size]} ${kinds[off && kind === "primary" ? "plain" : kind]} ${off ? "opacity-55 hover:border-strong hover:bg-panel" : ""} ${faint ? "text-faint" : ""} ${className}`}
      aria-label={label}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      title={unavailable}
      onClick={() => {
        if (!off) onPress();
      }}
    >
      {children}
    </button>
  );
}

type SubmitButtonProps = Pick<ButtonProps, "children" | "kind" | "size" | "busy">;

/** Submits its form. While a request is under way, a second press has no effect. */
export function SubmitButton({ children, kind = "plain", size = "small", busy = false }: SubmitButtonProps) {
  return (
    <button
      type="submit"
      className={`${shape} ${sizes[size]} ${kinds[kind]} ${busy ? "opacity-55" : ""}`}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : undefined}
    >
      {children}
    </button>
  );
}

type ButtonLinkProps = Pick<ButtonProps, "children" | "size"> & {
  readonly href: string;
  /** The file name of a download. Absent: an ordinary link. */
  readonly download?: string;
};

/** A link with the look of a button. */
export function ButtonLink({ href, children, size = "small", download }: ButtonLinkProps) {
  return (
    <a className={`${shape} ${sizes[size]} ${kinds.plain}`} href={href} download={download}>
      {children}
    </a>
  );
}

type IconButtonProps = {
  readonly label: string;
  readonly onPress: () => void;
  readonly pressed?: boolean;
  /** It stays in the tab order, so it keeps the focus when a press makes it unavailable. */
  readonly unavailable?: boolean;
  readonly children: ReactNode;
};

/** A button that is only an icon; at least 24 pixels in each direction (WCAG 2.5.8). */
export function IconButton({ label, onPress, pressed, unavailable = false, children }: IconButtonProps) {
  return (
    <button
      type="button"
      className={`inline-flex size-target shrink-0 items-center justify-center rounded-md text-dim ${unavailable ? "opacity-40" : "hover:bg-ink/10 hover:text-ink"}`}
      aria-label={label}
      aria-pressed={pressed}
      aria-disabled={unavailable || undefined}
      title={label}
      onClick={unavailable ? undefined : onPress}
    >
      {children}
    </button>
  );
}
