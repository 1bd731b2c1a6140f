import { configDefaults, defineConfig } from 'vitest/config'

/** These replace a module of Node: each needs a process in which nothing was imported before. */
const alone = ['test/jobs/full-disk.test.ts', 'test/store/full-disk.test.ts']

const common = {
  env: { TZ: 'Pacific/Kiritimati', NO_COLOR: '1' },
  setupFiles: ['test/support/each-file.ts'],
  testTimeout: 60_000,
  hookTimeout: 120_000,
}

export default defineConfig({
  test: {
    globalSetup: ['test/support/sim-workspace.ts'],
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      // The files of a worker share their imports and the built bundle: it is loaded once a worker and not once a file.
      {
        test: {
          ...common,
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...alone],
          isolate: false,
        },
      },
      { test: { ...common, name: 'alone', include: alone } },
    ],
  },
})
