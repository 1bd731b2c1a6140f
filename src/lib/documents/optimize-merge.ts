export { OptimizeData as OptimizeMergeData } from './optimize.js'
