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
  small: "min-h-[1.625rem] rounded-[0.4375rem] px-2.25 text-[0.78125rem]",
  normal: "min-h-8 rounded-lg px-3 text-sm",
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

/** Goes somewhere instead of doing something, at the same size. */
export function ButtonLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a className={`${shape} ${sizes.small} ${kinds.plain}`} href={href}>
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
      className="inline-flex size-6 shrink-0 items-center justify-center rounded-md text-dim hover:bg-ink/10 hover:text-ink"
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
