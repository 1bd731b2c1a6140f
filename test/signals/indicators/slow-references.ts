import type { Bars } from '../../../src/lib/signals/indicators/indicator.js'

/**
 * Every indicator as its definition reads, window by window, on plain arrays: slow and plain on purpose. An array may
 * begin with NaN where the definition has no value yet.
 */
type Series = readonly number[]
const NONE = Number.NaN

const each = (length: number, from: number, value: (i: number) => number): number[] =>
  Array.from({ length }, (_, i) => (i < from ? NONE : value(i)))
const firstOf = (x: Series): number => x.findIndex((value) => !Number.isNaN(value))
const sum = (x: Series): number => x.reduce((a, b) => a + b, 0)
const mean = (x: Series): number => sum(x) / x.length
const windows = (x: Series, n: number, f: (window: Series, i: number) => number): number[] =>
  each(x.length, firstOf(x) + n - 1, (i) => f(x.slice(i - n + 1, i + 1), i))
const deviation = (x: Series, ddof: number): number => {
  const centre = mean(x)
  return Math.sqrt(sum(x.map((value) => (value - centre) ** 2)) / (x.length - ddof))
}
const zip = (f: (...values: number[]) => number, ...columns: Series[]): number[] =>
  columns[0].map((_, i) => f(...columns.map((column) => column[i])))
const sma = (x: Series, n: number): number[] => windows(x, n, mean)
/** The level before, plus a part of the distance to it; starts with the mean of the first n. */
const smoothed = (x: Series, n: number, part: number): number[] => {
  const first = firstOf(x) + n - 1
  const out: number[] = each(x.length, x.length, () => 0)
  x.forEach((value, i) => {
    if (i === first) out[i] = mean(x.slice(i - n + 1, i + 1))
    else if (i > first) out[i] = (1 - part) * out[i - 1] + part * value
  })
  return out
}
const ema = (x: Series, n: number): number[] => smoothed(x, n, 2 / (n + 1))
const wilder = (x: Series, n: number): number[] => smoothed(x, n, 1 / n)
const late = (x: Series, from: number): number[] => x.map((value, i) => (i < from ? NONE : value))
const changes = (x: Series): number[] => each(x.length, 1, (i) => x[i] - x[i - 1])
const line = (y: Series): { slope: number; start: number } => {
  const xs = y.map((_, i) => i)
  const centre = mean(xs)
  const slope = sum(y.map((value, i) => (xs[i] - centre) * (value - mean(y)))) / sum(xs.map((x) => (x - centre) ** 2))
  return { slope, start: mean(y) - slope * centre }
}

/** Reference outputs of a request, in the order of ours. */
export function slowReference(name: string, params: readonly number[], bars: Bars): number[][] {
  const [open, high, low, close, volume] = [bars.open, bars.high, bars.low, bars.close, bars.volume].map((column) => [
    ...column,
  ])
  const [n, second, third] = params
  const length = close.length
  const range = each(length, 1, (i) =>
    Math.max(high[i] - low[i], Math.abs(high[i] - close[i - 1]), Math.abs(low[i] - close[i - 1])),
  )
  const typical = zip((h, l, c) => (h + l + c) / 3, high, low, close)
  const relative = (gain: Series, loss: Series): number[] => zip((g, l) => 100 - 100 / (1 + g / l), gain, loss)
  const gains = changes(close).map((change) => Math.max(change, 0))
  const losses = changes(close).map((change) => Math.max(-change, 0))
  const rsi = (period: number): number[] => relative(wilder(gains, period), wilder(losses, period))
  const place = (h: Series, l: Series, c: Series, period: number): number[] =>
    each(length, firstOf(c) + period - 1, (i) => {
      const top = Math.max(...h.slice(i - period + 1, i + 1))
      const bottom = Math.min(...l.slice(i - period + 1, i + 1))
      return (100 * (c[i] - bottom)) / (top - bottom)
    })
  // Wilder's sums: n − 1 moves, then each sum loses its nth part before the next move
  const directional = (): { plus: number[]; minus: number[] } => {
    const up = each(length, 1, (i) => high[i] - high[i - 1])
    const down = each(length, 1, (i) => low[i - 1] - low[i])
    const sums = [
      zip((u, d) => (u > d && u > 0 ? u : 0), up, down),
      zip((u, d) => (d > u && d > 0 ? d : 0), up, down),
      range,
    ].map((moves) => {
      const out = each(length, length, () => 0)
      out[n - 1] = sum(moves.slice(1, n))
      for (let i = n; i < length; i++) out[i] = out[i - 1] - out[i - 1] / n + moves[i]
      return late(out, n)
    })
    return {
      plus: zip((p, r) => (100 * p) / r, sums[0], sums[2]),
      minus: zip((m, r) => (100 * m) / r, sums[1], sums[2]),
    }
  }
  const adx = (): number[] => {
    const { plus, minus } = directional()
    return wilder(
      zip((p, m) => (100 * Math.abs(p - m)) / (p + m), plus, minus),
      n,
    )
  }
  const band = (centre: Series, width: Series): number[][] => [
    zip((c, w) => c + w, centre, width),
    [...centre],
    zip((c, w) => c - w, centre, width),
  ]
  const logs = (a: Series, b: Series): number[] => zip((x, y) => Math.log(x) - Math.log(y), a, b)
  const before = each(length, 1, (i) => close[i - 1])
  const yearly = (variance: Series): number[] => variance.map((value) => 100 * Math.sqrt(252 * value))
  const rogersSatchell = zip(
    (o, h, l, c) => Math.log(h / c) * Math.log(h / o) + Math.log(l / c) * Math.log(l / o),
    open,
    high,
    low,
    close,
  )

  const references: Record<string, () => number[][]> = {
    sma: () => [sma(close, n)],
    ema: () => [ema(close, n)],
    wma: () => [windows(close, n, (w) => sum(w.map((value, i) => (i + 1) * value)) / ((n * (n + 1)) / 2))],
    dema: () => [zip((a, b) => 2 * a - b, ema(close, n), ema(ema(close, n), n))],
    tema: () => {
      const once = ema(close, n)
      const twice = ema(once, n)
      return [zip((a, b, c) => 3 * a - 3 * b + c, once, twice, ema(twice, n))]
    },
    kama: () => {
      const out = each(length, length, () => 0)
      let level = close[n - 1]
      for (let i = n; i < length; i++) {
        const path = sum(
          changes(close)
            .slice(i - n + 1, i + 1)
            .map(Math.abs),
        )
        const efficiency = path === 0 ? 1 : Math.abs(close[i] - close[i - n]) / path
        level += (efficiency * (2 / 3 - 2 / 31) + 2 / 31) ** 2 * (close[i] - level)
        out[i] = level
      }
      return [out]
    },
    bollinger: () =>
      band(
        sma(close, n),
        windows(close, n, (w) => second * deviation(w, 0)),
      ),
    keltner: () =>
      band(
        late(ema(close, n), second),
        wilder(range, second).map((value) => third * value),
      ).map((x) => late(x, Math.max(n - 1, second))),
    donchian: () => {
      const top = windows(high, n, (w) => Math.max(...w))
      const bottom = windows(low, n, (w) => Math.min(...w))
      return [top, zip((a, b) => (a + b) / 2, top, bottom), bottom]
    },
    sar: () => [parabolic(high, low, n, second)],
    'linear-regression': () => [windows(close, n, (w) => line(w).start + line(w).slope * (n - 1))],
    'linear-regression-slope': () => [windows(close, n, (w) => line(w).slope)],
    'linear-regression-angle': () => [windows(close, n, (w) => (Math.atan2(line(w).slope, 1) / Math.PI) * 180)],
    'linear-regression-intercept': () => [windows(close, n, (w) => line(w).start)],
    rsi: () => [rsi(n)],
    'rsi-cutler': () => [relative(sma(gains, n), sma(losses, n))],
    stochastic: () => {
      const k = sma(place(high, low, close, n), second)
      const d = sma(k, third)
      return [late(k, firstOf(d)), d]
    },
    'stochastic-fast': () => {
      const k = place(high, low, close, n)
      const d = sma(k, second)
      return [late(k, firstOf(d)), d]
    },
    'stochastic-rsi': () => {
      const strength = rsi(n)
      const k = place(strength, strength, strength, second)
      const d = sma(k, third)
      return [late(k, firstOf(d)), d]
    },
    'williams-r': () => [place(high, low, close, n).map((value) => value - 100)],
    macd: () => {
      // both averages begin at the slow one's first bar
      const fast = ema(late(close, second - n), n)
      const macd = zip((f, s) => f - s, fast, ema(close, second))
      const signal = ema(macd, third)
      return [late(macd, firstOf(signal)), signal, zip((m, s) => m - s, macd, signal)]
    },
    roc: () => [each(length, n, (i) => (100 * (close[i] - close[i - n])) / close[i - n])],
    momentum: () => [each(length, n, (i) => close[i] - close[i - n])],
    trix: () => {
      const triple = ema(ema(ema(close, n), n), n)
      return [each(length, firstOf(triple) + 1, (i) => (100 * (triple[i] - triple[i - 1])) / triple[i - 1])]
    },
    cci: () => [
      windows(typical, n, (w) => {
        const centre = mean(w)
        return (w[n - 1] - centre) / (0.015 * mean(w.map((value) => Math.abs(value - centre))))
      }),
    ],
    aroon: () => [
      each(length, n, (i) => (100 * high.slice(i - n, i + 1).lastIndexOf(Math.max(...high.slice(i - n, i + 1)))) / n),
      each(length, n, (i) => (100 * low.slice(i - n, i + 1).lastIndexOf(Math.min(...low.slice(i - n, i + 1)))) / n),
    ],
    ultimate: () => {
      const pressure = each(length, 1, (i) => close[i] - Math.min(low[i], close[i - 1]))
      const share = (period: number): number[] =>
        zip((a, b) => a / b, windows(pressure, period, sum), windows(range, period, sum))
      return [zip((a, b, c) => (100 * (4 * a + 2 * b + c)) / 7, share(n), share(second), share(third))]
    },
    adx: () => [adx()],
    adxr: () => {
      const values = adx()
      return [each(length, 3 * n - 2, (i) => (values[i] + values[i - n + 1]) / 2)]
    },
    'plus-di': () => [directional().plus],
    'minus-di': () => [directional().minus],
    'true-range': () => [range],
    atr: () => [wilder(range, n)],
    natr: () => [zip((a, c) => (100 * a) / c, wilder(range, n), close)],
    'standard-deviation': () => [windows(close, n, (w) => deviation(w, 0))],
    'z-score': () => [windows(close, n, (w) => (w[n - 1] - mean(w)) / deviation(w, 0))],
    'realised-vol': () => [yearly(windows(logs(close, before), n, (w) => deviation(w, 1) ** 2))],
    parkinson: () => [
      yearly(
        sma(
          logs(high, low).map((value) => value ** 2 / (4 * Math.LN2)),
          n,
        ),
      ),
    ],
    'garman-klass': () => [
      yearly(
        sma(
          zip((hl, co) => hl ** 2 / 2 - (2 * Math.LN2 - 1) * co ** 2, logs(high, low), logs(close, open)),
          n,
        ),
      ),
    ],
    'yang-zhang': () => {
      const k = 0.34 / (1.34 + (n + 1) / (n - 1))
      const variance = (x: Series): number[] => windows(x, n, (w) => deviation(w, 1) ** 2)
      const day = variance(late(logs(close, open), 1))
      return [
        yearly(
          zip(
            (o, c, rs) => o + k * c + (1 - k) * rs,
            variance(logs(open, before)),
            day,
            sma(late(rogersSatchell, 1), n),
          ),
        ),
      ]
    },
    correlation: () => [
      windows(high, n, (w, i) => {
        const other = low.slice(i - n + 1, i + 1)
        const [a, b] = [mean(w), mean(other)]
        return sum(w.map((value, j) => (value - a) * (other[j] - b))) / (n * deviation(w, 0) * deviation(other, 0))
      }),
    ],
    obv: () => [
      each(
        length,
        0,
        (i) => volume[0] + sum(close.slice(1, i + 1).map((c, j) => Math.sign(c - close[j]) * volume[j + 1])),
      ),
    ],
    ad: () => {
      const flow = zip((h, l, c, v) => v * ((2 * c - h - l) / (h - l)), high, low, close, volume)
      return [each(length, 0, (i) => sum(flow.slice(0, i + 1)))]
    },
    mfi: () => {
      const flow = (sign: number): number[] =>
        each(length, 1, (i) => (Math.sign(typical[i] - typical[i - 1]) === sign ? typical[i] * volume[i] : 0))
      return [relative(windows(flow(1), n, sum), windows(flow(-1), n, sum))]
    },
  }
  return references[name]()
}

/** Wilder's rules, told with words for the two sides. */
function parabolic(high: Series, low: Series, step: number, most: number): number[] {
  const out = each(high.length, high.length, () => 0)
  const fall = low[0] - low[1]
  let side: 'long' | 'short' = fall > 0 && fall > high[1] - high[0] ? 'short' : 'long'
  let extreme = side === 'long' ? high[1] : low[1]
  let stop = side === 'long' ? low[0] : high[0]
  let pace = step
  const outside = (value: number, i: number): number => {
    const earlier = Math.max(1, i - 1)
    return side === 'long' ? Math.min(value, low[earlier], low[i]) : Math.max(value, high[earlier], high[i])
  }
  for (let i = 1; i < high.length; i++) {
    if (side === 'long' ? low[i] <= stop : high[i] >= stop) {
      side = side === 'long' ? 'short' : 'long'
      out[i] = outside(extreme, i)
      pace = step
      extreme = side === 'long' ? high[i] : low[i]
      stop = out[i]
    } else {
      out[i] = stop
      const next = side === 'long' ? Math.max(extreme, high[i]) : Math.min(extreme, low[i])
      if (next !== extreme) pace = Math.min(most, pace + step)
      extreme = next
    }
    stop = outside(stop + pace * (extreme - stop), i)
  }
  return out
}
