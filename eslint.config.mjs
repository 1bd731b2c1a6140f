import tseslint from 'typescript-eslint'

const clock = 'No wall clock: take asOf, or runtime/clock.'
/** What would make an answer depend on the machine, the moment or the locale. */
const ambient = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: clock },
  { selector: 'MemberExpression[object.name="Date"][property.name="now"]', message: clock },
  { selector: 'MemberExpression[object.name="Math"][property.name="random"]', message: 'Seeded only: kernel/rng.' },
  {
    selector: 'CallExpression[callee.property.name=/^toLocale/]',
    message: 'Locale-dependent output breaks golden files.',
  },
  { selector: 'CallExpression[callee.property.name="localeCompare"]', message: 'Sort by code unit.' },
]
const processGlobals = [
  {
    selector:
      'MemberExpression[object.name="process"][property.name=/^(stdout|stderr|stdin|exit|exitCode|argv|env|on)$/]',
    message: 'Only src/main.ts touches the process; take ctx.io, ctx.signal or an argument.',
  },
]

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'reports/', 'coverage/', 'node_modules/'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', ...ambient],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/main.ts'],
    rules: { 'no-restricted-syntax': ['error', ...ambient, ...processGlobals] },
  },
  { files: ['src/lib/runtime/clock.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['test/**/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
)
