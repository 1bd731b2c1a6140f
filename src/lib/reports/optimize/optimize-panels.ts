/** Pictures of a search by name, in the order of its report. */
export const OPTIMIZE_PANELS = ['map', 'slices', 'folds', 'scatter', 'logits'] as const
export type OptimizePanel = (typeof OPTIMIZE_PANELS)[number]
