import { ContangoError } from '../kernel/errors.js'
import { MAX_BUSINESS_DAYS_BEFORE, parseRollRule, type RollRule } from '../market/roll.js'

/** The rule that `--roll` names. `command` is what the hint begins with. */
export function requestedRoll(text: string, command: string): RollRule {
  const roll = parseRollRule(text)
  if (roll) return roll
  throw new ContangoError(
    'usage',
    'BAD_FLAG_VALUE',
    `--roll takes calendar:0 to calendar:${MAX_BUSINESS_DAYS_BEFORE}, fixed-day:1 to fixed-day:31, open-interest or volume, not "${text}"`,
    `${command} --roll calendar:5`,
    { flag: 'roll', value: text },
  )
}
