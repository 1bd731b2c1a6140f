import { ageWeighted } from './methods/age-weighted.js'
import { cornishFisher } from './methods/cornish-fisher.js'
import { evt } from './methods/evt.js'
import { ewma } from './methods/ewma.js'
import { fhs } from './methods/fhs.js'
import { garch, gjrGarch } from './methods/garch.js'
import { historical } from './methods/historical.js'
import { hullWhite } from './methods/hull-white.js'
import { normal } from './methods/normal.js'
import type { RiskMethod } from './methods/risk-method.js'
import { studentT } from './methods/student-t.js'

/** Every method that answers from the P&L vector alone; Monte Carlo, which draws the positions jointly, stands beside it. */
export const RISK_METHODS: Readonly<Record<string, RiskMethod>> = Object.fromEntries(
  [normal, studentT, cornishFisher, ewma, garch, gjrGarch, historical, ageWeighted, hullWhite, fhs, evt].map(
    (method) => [method.name, method],
  ),
)
