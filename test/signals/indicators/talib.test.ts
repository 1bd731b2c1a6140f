import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { goldenBars, GOLDENS } from './golden-bars.js'
import { outputsOf } from './outputs-of.js'

interface Golden {
  readonly firstIndex: number
  readonly outputs: Readonly<Record<string, readonly (number | null)[]>>
}
const golden = (
  JSON.parse(readFileSync(`${GOLDENS}/indicators_talib_500.json`, 'utf8')) as { indicators: Record<string, Golden> }
).indicators

/** Our request and, in its order of outputs, theirs; null for an output that they do not give. */
const PAIRS: Readonly<Record<string, readonly [request: string, outputs: readonly (string | null)[]]>> = {
  sma_10: ['sma:10', ['value']],
  sma_30: ['sma:30', ['value']],
  ema_12: ['ema:12', ['value']],
  ema_26: ['ema:26', ['value']],
  wma_10: ['wma:10', ['value']],
  dema_10: ['dema:10', ['value']],
  tema_10: ['tema:10', ['value']],
  kama_10: ['kama:10', ['value']],
  rsi_14: ['rsi:14', ['value']],
  macd_12_26_9: ['macd:12:26:9', ['macd', 'signal', 'hist']],
  bbands_20_2: ['bollinger:20:2', ['upper', 'middle', 'lower']],
  stddev_20: ['standard-deviation:20', ['value']],
  trange: ['true-range', ['value']],
  atr_14: ['atr:14', ['value']],
  natr_14: ['natr:14', ['value']],
  stoch_14_3_3: ['stochastic:14:3:3', ['slowk', 'slowd']],
  stochf_14_3: ['stochastic-fast:14:3', ['fastk', 'fastd']],
  stochrsi_14_14_3: ['stochastic-rsi:14:14:3', ['fastk', 'fastd']],
  willr_14: ['williams-r:14', ['value']],
  roc_10: ['roc:10', ['value']],
  mom_10: ['momentum:10', ['value']],
  obv: ['obv', ['value']],
  adx_14: ['adx:14', ['value']],
  adxr_14: ['adxr:14', ['value']],
  plus_di_14: ['plus-di:14', ['value']],
  minus_di_14: ['minus-di:14', ['value']],
  cci_20: ['cci:20', ['value']],
  mfi_14: ['mfi:14', ['value']],
  aroon_14: ['aroon:14', ['up', 'down']],
  sar_002_02: ['sar:0.02:0.2', ['value']],
  linearreg_14: ['linear-regression:14', ['value']],
  linearreg_slope_14: ['linear-regression-slope:14', ['value']],
  max_high_20: ['donchian:20', ['value', null, null]],
  min_low_20: ['donchian:20', [null, null, 'value']],
  ad: ['ad', ['value']],
  trix_10: ['trix:10', ['value']],
  ultosc: ['ultimate:7:14:28', ['value']],
  correl_hl_30: ['correlation:30', ['value']],
}

describe('indicators against TA-Lib', () => {
  const bars = goldenBars()

  it('has every indicator that TA-Lib’s file has', () => {
    expect(Object.keys(PAIRS).sort()).toEqual(Object.keys(golden).sort())
  })

  it.each(Object.entries(PAIRS))('%s: the same first bar and the same 500 values to 1e-9', (key, [request, names]) => {
    const theirs = golden[key]
    outputsOf(request, bars).forEach((column, at) => {
      const name = names[at]
      if (name === null) return
      expect(column.findIndex((value) => !Number.isNaN(value))).toBe(theirs.firstIndex)
      const worst = Math.max(
        ...theirs.outputs[name].map((value, i) =>
          value === null
            ? Number.isNaN(column[i])
              ? 0
              : Infinity
            : Math.abs(column[i] - value) / Math.max(1, Math.abs(value)),
        ),
      )
      expect(worst).toBeLessThan(1e-9)
    })
  })
})
