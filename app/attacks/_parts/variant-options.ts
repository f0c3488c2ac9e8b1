/** Variants as the options of a select, a group a flow. */
export function variantOptions(
  variants: readonly { readonly id: string; readonly title: string; readonly flowTitle: string }[],
) {
  return [...new Set(variants.map(({ flowTitle }) => flowTitle))].map((label) => ({
    label,
    options: variants
      .filter(({ flowTitle }) => flowTitle === label)
      .map(({ id, title }) => ({ value: id, label: title })),
  }));
}
