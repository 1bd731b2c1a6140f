import { once } from './once.js'
import { sampleShape } from './sample-shape.js'

/** Skewness and kurtosis of the returns of a run. */
export const shapeOfReturns = once(({ returns }) => sampleShape(returns))
