import { civilFromDay, dayFromCivil, isWeekend, weekdayOf, type EpochDay, type Weekday } from '../kernel/day.js'
import type { SeriesColumns } from './dataset.js'
import { isFederalHoliday } from './federal-holiday.js'
import type { BusinessCalendar } from './market.js'

/** Usable n business days after the day that it is about. */
export interface BusinessDaysRule {
  readonly kind: 'business-days'
  readonly days: number
}

/** One release a week, which carries everything up to the day before it that the last one did not. */
export interface WeeklyReleaseRule {
  readonly kind: 'weekly-release'
  /** The first such weekday after the period. */
  readonly weekday: Weekday
  /** Minutes after midnight, New York. After 14:30 the value waits for the next business day. */
  readonly minuteOfDay: number
  /** A federal holiday on one of these weekdays of the release week moves the release … */
  readonly movedByHolidayOn: readonly Weekday[]
  /** … to this weekday of the same week or, null, to the next day that is neither weekend nor federal holiday. */
  readonly movesTo: Weekday | null
  /** Release days that differ from the rule: period → day of release. */
  readonly overrides: ReadonlyMap<EpochDay, EpochDay>
}

/** Usable from the last calendar day of the month that lies `months` after the period's. */
export interface MonthEndRule {
  readonly kind: 'month-end'
  readonly months: number
}

/** When an observation that carries no date of publication may be used. */
export type PublicationRule = BusinessDaysRule | WeeklyReleaseRule | MonthEndRule

/** What is known of a series by the form of its id. */
export interface SeriesFacts {
  readonly id: RegExp
  readonly rule: string
  readonly frequency: SeriesColumns['frequency']
  readonly unit: string
  /** What the numbers are, in words; null where the pattern covers many. */
  readonly about: string | null
}

/** `config/publications.yaml`. */
export interface Publications {
  readonly rules: ReadonlyMap<string, PublicationRule>
  /** The first pattern that matches an id decides. */
  readonly series: readonly SeriesFacts[]
  /** The rule of a series that no pattern matches, by its frequency. */
  readonly fallback: Readonly<Record<SeriesColumns['frequency'], string>>
}

/** 14:30 New York, when NYMEX energy settles and the day's decision is taken. */
const DECISION_MINUTE = 14 * 60 + 30

function nextFederalBusinessDay(day: EpochDay): EpochDay {
  let next = day + 1
  while (isWeekend(next) || isFederalHoliday(next)) next++
  return next
}

/** The day on which a weekly release that carries `period` appears, by its overrides, else by its rule. */
export function releaseDay(rule: WeeklyReleaseRule, period: EpochDay): EpochDay {
  const override = rule.overrides.get(period)
  if (override !== undefined) return override
  const regular = period + ((rule.weekday - weekdayOf(period) + 6) % 7) + 1
  const sunday = regular - weekdayOf(regular)
  if (!rule.movedByHolidayOn.some((weekday) => isFederalHoliday(sunday + weekday))) return regular
  if (rule.movesTo === null) return nextFederalBusinessDay(regular)
  const moved = sunday + rule.movesTo
  return isFederalHoliday(moved) ? nextFederalBusinessDay(moved) : moved
}

/**
 * First day whose 14:30 New York decision may use an observation about `period`.
 * @param calendar NYMEX settlement days: on others no decision is taken
 */
export function knownOnDay(rule: PublicationRule, period: EpochDay, calendar: BusinessCalendar): EpochDay {
  switch (rule.kind) {
    case 'business-days':
      return calendar.addBusinessDays(period, rule.days)
    case 'weekly-release': {
      const release = releaseDay(rule, period)
      return rule.minuteOfDay <= DECISION_MINUTE ? calendar.onOrAfter(release) : calendar.addBusinessDays(release, 1)
    }
    case 'month-end':
      return monthEnd(period, rule.months)
  }
}

/** Last calendar day of the month `months` after that of `day`. */
export function monthEnd(day: EpochDay, months: number): EpochDay {
  const { year, month } = civilFromDay(day)
  const index = year * 12 + month - 1 + months + 1
  return dayFromCivil(Math.floor(index / 12), (index % 12) + 1, 1) - 1
}

/** {@link knownOnDay} of a whole column. */
export function knownOnDays(rule: PublicationRule, periods: Int32Array, calendar: BusinessCalendar): Int32Array {
  return periods.map((period) => knownOnDay(rule, period, calendar))
}

/** The facts of a series id; null where no pattern of `config/publications.yaml` matches. */
export function seriesFactsOf(publications: Publications, id: string): SeriesFacts | null {
  return publications.series.find((facts) => facts.id.test(id)) ?? null
}

/** The rule that dates the observations of a series. */
export function publicationRuleOf(
  publications: Publications,
  id: string,
  frequency: SeriesColumns['frequency'],
): PublicationRule {
  const name = seriesFactsOf(publications, id)?.rule ?? publications.fallback[frequency]
  // The section's schema refuses a name without a rule.
  return publications.rules.get(name)!
}
