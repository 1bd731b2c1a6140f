import { basename } from 'node:path'
import type { Chart } from '../../charts/chart.js'
import type { Context } from '../../cli/context.js'
import type { SearchLandscape } from '../../desk/search-landscape.js'
import { ContangoError } from '../../kernel/errors.js'
import { writeAtomic } from '../../runtime/write-atomic.js'
import { OPTIMIZE_PANELS, type OptimizePanel } from './optimize-panels.js'

/** What the command line wants to see of a search. */
export interface WantedSearchPictures {
  /** Of `--chart`; null without it, undefined where none was named. */
  readonly panel: OptimizePanel | undefined | null
  readonly report: string | undefined
  /** Folder of pictures. */
  readonly charts: string | undefined
}

/** Pictures and report of a search. Nothing is loaded or drawn that nobody asked for; the report waits for the document. */
export async function drawnSearch(
  ctx: Context,
  { panel, report, charts }: WantedSearchPictures,
  landscapeOf: () => Promise<SearchLandscape>,
): Promise<{ readonly chart?: () => Chart; readonly afterDocument: (document: string) => Promise<void> }> {
  if (panel === null && report === undefined && charts === undefined) return { afterDocument: async () => undefined }
  const landscape = await landscapeOf()
  const { optimizeChart } = await import('./optimize-chart.js')
  if (charts !== undefined) {
    const { writePanels } = await import('../draw-panels.js')
    await writePanels(ctx, charts, OPTIMIZE_PANELS, (one) => optimizeChart(landscape, one))
  }
  const chart = panel === null ? null : optimizeChart(landscape, panel ?? (landscape.map === null ? 'slices' : 'map'))
  if (panel === 'map' && chart === null) {
    throw new ContangoError(
      'usage',
      'ONE_PARAMETER',
      'a map is of two parameters, and fewer were searched',
      '--panel slices, or a range for another parameter',
    )
  }
  return {
    chart: chart === null ? undefined : () => chart,
    afterDocument: async (document) => {
      if (report === undefined) return
      const [{ optimizeReport }, { drawPanels }] = await Promise.all([
        import('./optimize-report.js'),
        import('../draw-panels.js'),
      ])
      const { inputs, warnings } = JSON.parse(document) as {
        readonly inputs: Parameters<typeof optimizeReport>[0]['inputs']
        readonly warnings: Parameters<typeof optimizeReport>[0]['warnings']
      } // printed by this very run
      const text = optimizeReport({
        landscape,
        charts: await drawPanels(OPTIMIZE_PANELS, (one) => optimizeChart(landscape, one), ctx.signal),
        inputs: inputs.filter((input) => !('config' in input)),
        warnings: warnings.filter(({ code }) => code !== 'SIMULATED'),
      })
      await writeAtomic(ctx.resolveFile(report), text, ctx.signal)
      ctx.note(`wrote ${basename(report)}`)
    },
  }
}
