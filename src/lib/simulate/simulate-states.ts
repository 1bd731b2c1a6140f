import { cholesky } from '../kernel/cholesky.js'
import type { EpochDay } from '../kernel/day.js'
import { seededRng } from '../kernel/rng.js'
import type { Market } from '../market/market.js'
import { gjrStep, unitVariance } from './gjr-garch.js'
import { jumpDraws, jumpDriftPerYear, jumpVariancePerYear, type Jumps } from './jumps.js'
import { normalDraws } from './normal-draws.js'
import { DRIVERS, type Driver, type DriverParameters, type SimulatorParameters } from './parameters.js'
import { portableExp } from './portable-exp.js'
import { portableLog } from './portable-log.js'
import { futuresVolatility, type SchwartzSmith } from './schwartz-smith.js'
import { studentMixing } from './student-mixing.js'

/** Age of a second contract on an average day: the maturity at which shocks, jumps and correlations were measured. */
const SECOND_CONTRACT_YEARS = 1.5 / 12

/** The daily factors of one driver. */
export interface DriverPath {
  readonly model: SchwartzSmith
  readonly chi: Float64Array
  readonly xi: Float64Array
  /** Variance that ruled the day, over its long-run mean. */
  readonly variance: Float64Array
  /** The day's move of the second contract in long-run standard deviations. */
  readonly shock: Float64Array
}

/** The world of one seed, day by day from its first one. */
export interface StatePath {
  readonly day: Int32Array
  readonly drivers: Readonly<Record<Driver, DriverPath>>
}

type StateMarket = Pick<Market, 'calendar'>

/** Days on which New York or London settles, first to last inclusive. */
function simulatedDays(market: StateMarket, first: EpochDay, last: EpochDay): Int32Array {
  const newYork = market.calendar('NYMEX')
  const london = market.calendar('ICE')
  const days: number[] = []
  for (let day = first; day <= last; day++) {
    if (newYork.isBusinessDay(day) || london.isBusinessDay(day)) days.push(day)
  }
  return Int32Array.from(days)
}

function schwartzSmithOf(parameters: SimulatorParameters, driver: DriverParameters): SchwartzSmith {
  const { kappaPerYear, sigmaChi, sigmaXi, lambdaChi, muXiStar } = driver
  return { kappaPerYear, sigmaChi, sigmaXi, lambdaChi, muXiStar, rho: parameters.rho }
}

/**
 * The daily factors of every driver. Shocks are GJR-GARCH-t: zχ and zξ of all drivers are one normal vector with
 * correlation R ⊗ [[1, ρ], [ρ, 1]], scaled by each driver's own variance and a Student mixing factor that oil shares.
 * Jumps come on top, and the diffusive part is made smaller by their variance, so that volatility stays on its target.
 *
 * Real-world drifts only move the states (pull to a long-run price, followers to WTI, tight and loose regimes); futures
 * are priced under the risk-neutral drift, which knows none of them: a risk premium that depends on the state.
 *
 * Draws are taken in day order from `parameters.start`, so a path to an earlier day is a prefix of a path to a later one.
 */
export function simulateStates(
  parameters: SimulatorParameters,
  market: StateMarket,
  seed: number,
  last: EpochDay,
): StatePath {
  const day = simulatedDays(market, parameters.start, last)
  const count = DRIVERS.length
  const dt = 1 / parameters.tradingDaysPerYear
  const sqrtDt = Math.sqrt(dt)
  const factor = cholesky(Float64Array.from(parameters.correlation.flat()), count)
  const { rho } = parameters
  const independent = Math.sqrt(1 - rho * rho)

  const normal = normalDraws(seededRng(seed, 'sim/factors'))
  const oilMixing = studentMixing(seededRng(seed, 'sim/mixing/oil'))
  const gasMixing = studentMixing(seededRng(seed, 'sim/mixing/gas'))
  const oilJump = jumpDraws(parameters.oilJumps, dt, seededRng(seed, 'sim/jumps/oil'))
  const regimeRng = seededRng(seed, 'sim/regime')
  const switchProbability = dt / parameters.regime.meanYears

  const markets = DRIVERS.map((name) => {
    const driver = parameters.drivers[name]
    const model = schwartzSmithOf(parameters, driver)
    const ownJump = jumpDraws(driver.ownJumps, dt, seededRng(seed, `sim/jumps/${name}`))
    const secondVolatility = futuresVolatility(model, SECOND_CONTRACT_YEARS)
    const scaledOilJumps: Jumps = {
      perYear: parameters.oilJumps.perYear,
      mean: parameters.oilJumps.mean * driver.oilJumpShare,
      sd: parameters.oilJumps.sd * driver.oilJumpShare,
    }
    const jumpVariance = jumpVariancePerYear(scaledOilJumps) + jumpVariancePerYear(driver.ownJumps)
    // a jump has the shape that an ordinary shock has along the curve: the far end takes σξ of the second contract's σ
    const jumpXiShare = driver.sigmaXi / secondVolatility
    const decay = portableExp(-model.kappaPerYear * SECOND_CONTRACT_YEARS)
    return {
      driver,
      model,
      ownJump,
      secondVolatility,
      decay,
      garch: unitVariance(driver.garch),
      nu: driver.garch.nu,
      mixing: name === 'NG' ? gasMixing : oilMixing,
      diffusiveShare: Math.sqrt(Math.max(0, 1 - jumpVariance / (secondVolatility * secondVolatility))),
      jumpDrift: (jumpDriftPerYear(scaledOilJumps) + jumpDriftPerYear(driver.ownJumps)) * dt,
      jumpXiShare,
      jumpChiShare: (1 - jumpXiShare) / decay,
      longRunLog: portableLog(driver.longRunPrice),
      path: {
        model,
        chi: new Float64Array(day.length),
        xi: new Float64Array(day.length),
        variance: new Float64Array(day.length),
        shock: new Float64Array(day.length),
      },
    }
  })
  const chi = markets.map(({ driver }) => driver.startChi)
  const xi = markets.map(({ driver }) => portableLog(driver.startPrice) - driver.startChi)
  const variance = new Float64Array(count).fill(1)
  const chiNormals = new Float64Array(count)
  const xiNormals = new Float64Array(count)
  let tight = parameters.drivers.CL.startChi >= 0

  for (let t = 0; t < day.length; t++) {
    if (t > 0) {
      for (let i = 0; i < count; i++) {
        chiNormals[i] = normal()
        xiNormals[i] = rho * chiNormals[i] + independent * normal()
      }
      oilMixing.next()
      gasMixing.next()
      const commonJump = oilJump()
      if (regimeRng.uniform() < switchProbability) tight = !tight
      const regimeChi = tight ? parameters.regime.chiTight : parameters.regime.chiLoose
      const leaderChi = chi[0]
      const leaderXi = xi[0]
      for (let i = 0; i < count; i++) {
        const it = markets[i]
        const { driver } = it
        let zChi = 0
        let zXi = 0
        for (let j = 0; j <= i; j++) {
          zChi += factor[i * count + j] * chiNormals[j]
          zXi += factor[i * count + j] * xiNormals[j]
        }
        const mixed = Math.sqrt(variance[i]) * it.mixing.factor(it.nu)
        const scale = it.diffusiveShare * mixed * sqrtDt
        const jump = commonJump * driver.oilJumpShare + it.ownJump() - it.jumpDrift
        const chiShock = scale * driver.sigmaChi * zChi + jump * it.jumpChiShare
        const xiShock = scale * driver.sigmaXi * zXi + jump * it.jumpXiShare
        // jumps stay out of the recursion: mostly falls, they would count twice under γ and raise the long-run variance
        const ordinary = (mixed * (it.decay * driver.sigmaChi * zChi + driver.sigmaXi * zXi)) / it.secondVolatility
        it.path.variance[t] = variance[i]
        it.path.shock[t] = (it.decay * chiShock + xiShock) / (it.secondVolatility * sqrtDt)
        variance[i] = Math.min(parameters.varianceCap, gjrStep(it.garch, ordinary, variance[i]))

        const chiTarget = driver.oilRegime ? regimeChi : 0
        const follow = driver.leader === null ? 0 : driver.pullPerYear
        const xiTarget = driver.leader === null ? it.longRunLog : leaderXi + it.longRunLog - markets[0].longRunLog
        chi[i] += (driver.kappaPerYear * (chiTarget - chi[i]) + follow * (leaderChi - chi[i])) * dt + chiShock
        xi[i] += driver.pullPerYear * (xiTarget - xi[i]) * dt + xiShock
      }
    } else {
      for (const it of markets) it.path.variance[0] = 1
    }
    for (let i = 0; i < count; i++) {
      markets[i].path.chi[t] = chi[i]
      markets[i].path.xi[t] = xi[i]
    }
  }
  const paths = Object.fromEntries(DRIVERS.map((name, i) => [name, markets[i].path])) as Record<Driver, DriverPath>
  return { day, drivers: paths }
}
