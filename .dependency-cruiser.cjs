// The import rule, generated from one table: each room and the rooms it may import besides itself.
const DATA = ['kernel', 'market']
const PURE = [
  'kernel',
  'market',
  'simulate',
  'analytics',
  'risk',
  'signals',
  'execution',
  'backtest',
  'optimize',
  'compare',
]
const SHELL = ['runtime', 'config', 'store']
const MAY = {
  kernel: [],
  market: ['kernel'],
  simulate: DATA,
  analytics: DATA,
  risk: DATA,
  signals: [...DATA, 'analytics'],
  execution: DATA,
  backtest: [...DATA, 'simulate', 'analytics', 'signals', 'risk', 'execution'],
  optimize: [...DATA, 'signals', 'execution', 'backtest', 'risk'],
  compare: ['kernel'],
  documents: [],
  runtime: ['kernel'],
  config: [...DATA, 'runtime', 'signals'], // the ranges of the signals' parameters
  store: [...DATA, 'runtime', 'config'],
  sources: [...DATA, 'simulate', ...SHELL],
  outside: [...DATA, 'backtest', 'runtime', 'sources'],
  desk: [...PURE, ...SHELL, 'outside'],
  charts: DATA,
  reports: [...DATA, 'charts', 'runtime'],
  jobs: [...DATA, ...SHELL],
  cli: [...DATA, ...SHELL, 'compare', 'charts', 'reports'],
}
const rule = ([name, may]) => ({
  name: `room-${name}`,
  comment: `src/lib/${name} may import ${[name, ...may].join(', ')}; types of any room are free`,
  severity: 'error',
  from: { path: `^src/lib/${name}/` },
  to: { path: '^src/', pathNot: `^src/lib/(${[name, ...may].join('|')})/`, dependencyTypesNot: ['type-only'] },
})
const pure = `^src/lib/(${PURE.join('|')})/`

module.exports = {
  forbidden: [
    ...Object.entries(MAY).map(rule),
    {
      name: 'every-room-is-in-the-table',
      severity: 'error',
      from: { path: '^src/lib/', pathNot: `^src/lib/(${Object.keys(MAY).join('|')})/` },
      to: {},
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'pure-no-node', severity: 'error', from: { path: pure }, to: { dependencyTypes: ['core'] } },
    {
      name: 'pure-no-packages',
      comment: 'pure-rand is the one package of the pure rooms',
      severity: 'error',
      from: { path: pure },
      to: { path: 'node_modules/', pathNot: 'node_modules/pure-rand/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'oclif-only-in-cli',
      severity: 'error',
      from: { path: '^src/lib/', pathNot: '^src/lib/cli/' },
      to: { path: 'node_modules/@oclif' },
    },
    {
      name: 'workers',
      comment: 'a worker thread computes: it loads pure rooms and runtime only',
      severity: 'error',
      from: { path: '^src/workers/' },
      to: {
        path: '^src/',
        pathNot: `^src/lib/(${[...PURE, 'runtime'].join('|')})/`,
        dependencyTypesNot: ['type-only'],
      },
    },
    { name: 'workers-are-leaves', severity: 'error', from: { path: '^src/' }, to: { path: '^src/workers/' } },
    { name: 'commands-are-leaves', severity: 'error', from: { path: '^src/' }, to: { path: '^src/commands/' } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
