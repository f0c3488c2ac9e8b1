import "react";

declare module "react" {
  /** Custom properties carry a measured value into the style sheet. */
  interface CSSProperties {
    [property: `--${string}`]: string | number | undefined;
  }
}
