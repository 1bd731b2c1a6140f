import type { EiaSection } from '../../config/sections/eia.js'
import { ContangoError } from '../../kernel/errors.js'
import type { SeriesColumns } from '../../market/dataset.js'

/** One series and how to ask for it. */
export interface EiaSeries {
  readonly id: string
  /** `petroleum/pri/spt` */
  readonly route: string
  /** The facet that carries the id: `series`, in the outlook `seriesId`. */
  readonly facet: string
  readonly frequency: SeriesColumns['frequency']
  readonly overlapDays: number
  readonly cacheTtlMs: number
}

export interface SeriesWish {
  readonly presets: readonly string[]
  readonly series: readonly string[]
  /** For ids that the table does not know. */
  readonly route: string | null
  /** For routes that the table does not know. */
  readonly frequency: SeriesColumns['frequency'] | null
}

/** What a route without an entry in the table is asked with. */
const PLAIN_ROUTE = { facet: 'series', overlapDays: 70, cacheMinutes: 60 }

/** The series of the presets in the table's order, then those asked for by name; each once. Throws usage errors. */
export function planSeries(config: EiaSection, wish: SeriesWish): EiaSeries[] {
  const routeOf = new Map<string, string>()
  for (const byRoute of config.presets.values()) {
    for (const [route, ids] of Object.entries(byRoute)) for (const id of ids) routeOf.set(id, route)
  }
  const wanted = new Map<string, EiaSeries>()
  for (const preset of wish.presets) {
    const byRoute = config.presets.get(preset)
    if (!byRoute) {
      const names = [...config.presets.keys()].join(', ')
      throw new ContangoError('usage', 'UNKNOWN_PRESET', `there is no preset "${preset}"`, `--preset takes ${names}`, {
        preset,
      })
    }
    for (const [route, ids] of Object.entries(byRoute)) {
      for (const id of ids) wanted.set(id, onRoute(config, id, route, null))
    }
  }
  for (const typed of wish.series) {
    const id = typed.toUpperCase() === typed || wish.route !== null ? typed : typed.toUpperCase()
    if (wanted.has(id) && wish.route === null) continue
    const route = wish.route ?? routeOf.get(id) ?? config.patterns.find((one) => one.id.test(id))?.route
    if (route === undefined) throw unknownRoute(id)
    wanted.set(id, onRoute(config, id, route, wish.frequency))
  }
  if (wanted.size === 0) {
    throw new ContangoError(
      'usage',
      'NOTHING_TO_FETCH',
      'fetch eia needs to be told what to fetch',
      `--preset ${[...config.presets.keys()].join('|')}, or --series ID`,
    )
  }
  return [...wanted.values()]
}

function unknownRoute(id: string): ContangoError {
  return new ContangoError(
    'usage',
    'EIA_ROUTE_NEEDED',
    `where EIA keeps the series "${id}" is not known here`,
    `name its route as well: contango fetch eia --series ${id} --route petroleum/pri/spt (find it at eia.gov/opendata/browser)`,
    { series: id },
  )
}

function onRoute(
  config: EiaSection,
  id: string,
  route: string,
  frequency: SeriesColumns['frequency'] | null,
): EiaSeries {
  const known = config.routes.get(route)
  const { facet, overlapDays, cacheMinutes } = known ?? PLAIN_ROUTE
  const told = frequency ?? known?.frequency
  if (told === undefined) {
    throw new ContangoError(
      'usage',
      'EIA_FREQUENCY_NEEDED',
      `how often the route ${route} has values is not known here`,
      `add --frequency daily, weekly or monthly, or the route to config/eia.yaml`,
      { route },
    )
  }
  return { id, route, facet, frequency: told, overlapDays, cacheTtlMs: cacheMinutes * 60_000 }
}
