import { ad } from './ad.js'
import { adx } from './adx.js'
import { adxr } from './adxr.js'
import { aroon } from './aroon.js'
import { atr } from './atr.js'
import { bollinger } from './bollinger.js'
import { cci } from './cci.js'
import { correlation } from './correlation.js'
import { dema } from './dema.js'
import { donchian } from './donchian.js'
import { ema } from './ema.js'
import { garmanKlass } from './garman-klass.js'
import { kama } from './kama.js'
import { keltner } from './keltner.js'
import { linearRegression } from './linear-regression.js'
import { linearRegressionAngle } from './linear-regression-angle.js'
import { linearRegressionIntercept } from './linear-regression-intercept.js'
import { linearRegressionSlope } from './linear-regression-slope.js'
import { macd } from './macd.js'
import { mfi } from './mfi.js'
import { minusDi } from './minus-di.js'
import { momentum } from './momentum.js'
import { natr } from './natr.js'
import { obv } from './obv.js'
import { parkinson } from './parkinson.js'
import { plusDi } from './plus-di.js'
import { realisedVol } from './realised-vol.js'
import { roc } from './roc.js'
import { rsi } from './rsi.js'
import { rsiCutler } from './rsi-cutler.js'
import { sar } from './sar.js'
import { sma } from './sma.js'
import { standardDeviation } from './standard-deviation.js'
import { stochastic } from './stochastic.js'
import { stochasticFast } from './stochastic-fast.js'
import { stochasticRsi } from './stochastic-rsi.js'
import { tema } from './tema.js'
import { trix } from './trix.js'
import { trueRange } from './true-range.js'
import { ultimate } from './ultimate.js'
import { williamsR } from './williams-r.js'
import { wma } from './wma.js'
import { yangZhang } from './yang-zhang.js'
import { zScore } from './z-score.js'
import type { Indicator } from './indicator.js'

/** Every indicator, in the order of the documentation. */
export const INDICATORS: readonly Indicator[] = [
  sma,
  ema,
  wma,
  dema,
  tema,
  kama,
  bollinger,
  keltner,
  donchian,
  sar,
  linearRegression,
  linearRegressionSlope,
  linearRegressionAngle,
  linearRegressionIntercept,
  rsi,
  rsiCutler,
  stochastic,
  stochasticFast,
  stochasticRsi,
  williamsR,
  macd,
  roc,
  momentum,
  trix,
  cci,
  aroon,
  ultimate,
  adx,
  adxr,
  plusDi,
  minusDi,
  trueRange,
  atr,
  natr,
  standardDeviation,
  zScore,
  realisedVol,
  parkinson,
  garmanKlass,
  yangZhang,
  correlation,
  obv,
  ad,
  mfi,
]
