import { usePathname } from "next/navigation";
import type { LabSettings } from "@/lib/lab/lab-settings.ts";
import { useLab } from "../_browser/lab-provider.tsx";

/** The settings that this lab changed, and the address of the card that changes them: of the flow that is shown, if one is. */
export function useChangedSettings(defaults: LabSettings): {
  readonly changed: readonly string[];
  readonly href: string;
} {
  const { view, flows } = useLab();
  const path = usePathname();
  const flow = flows.find(({ id }) => path === `/${id}`) ?? flows[0];
  return { changed: view ? changedPaths(defaults, view.settings) : [], href: `/${flow?.id}#settings` };
}

/** The paths of the settings that differ, such as `cookies.path`. */
function changedPaths(defaults: object, settings: object): readonly string[] {
  return Object.entries(defaults).flatMap(([name, value]) => {
    const found: unknown = Reflect.get(settings, name);
    if (value === null || typeof value !== "object") return found === value ? [] : [name];
    return changedPaths(value, Object(found)).map((path) => `${name}.${path}`);
  });
}
