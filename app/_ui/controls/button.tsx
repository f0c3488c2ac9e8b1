import type { ReactNode } from "react";

type ButtonProps = {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly kind?: "plain" | "primary" | "quiet";
  readonly size?: "small" | "normal";
  /** The name for readers of the page, where the visible words lean on what stands around them. */
  readonly label?: string | undefined;
  /** Why it cannot be pressed now. It stays in the tab order, so focus is not lost when a press makes it so. */
  readonly unavailable?: string | undefined;
  readonly busy?: boolean | undefined;
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
};

const shape = "inline-flex items-center justify-center gap-1.5 border whitespace-nowrap";

export function Button(props: ButtonProps) {
  const { children, onPress, kind = "plain", size = "small", label, unavailable, busy = false, className = "" } = props;
  const off = unavailable !== undefined || busy;
  return (
    <button
      type="button"
      className={`${shape} ${sizes[size]} ${kinds[off && kind === "primary" ? "plain" : kind]} ${off ? "opacity-55 hover:border-strong hover:bg-panel" : ""} ${className}`}
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

/** Sends the form that it stands in; while it is on its way, a second press does nothing. */
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
  /** The name of the file that it saves instead of going anywhere. */
  readonly download?: string;
};

/** Goes somewhere instead of doing something, at the same size. */
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
  readonly children: ReactNode;
};

/** A button that is only an icon; at least 24 pixels in each direction (WCAG 2.5.8). */
export function IconButton({ label, onPress, pressed, children }: IconButtonProps) {
  return (
    <button
      type="button"
      className="inline-flex size-target shrink-0 items-center justify-center rounded-md text-dim hover:bg-ink/10 hover:text-ink"
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
