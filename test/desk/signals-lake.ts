import { join } from 'node:path'
import { loadConfig } from '../../src/lib/config/create-config.js'
import { findWorkspace } from '../../src/lib/config/workspace.js'
import type { SignalContext } from '../../src/lib/desk/signal-reader.js'
import { createMarket } from '../../src/lib/market/create-market.js'
import { clock } from '../../src/lib/runtime/clock.js'
import { openStore } from '../../src/lib/store/open-store.js'
import { packageRoot } from '../support/contango.js'
import { day } from './desk.js'

/** A desk on the lake of a workspace, in process. */
export function signalDesk(home: string, asOf: string | null): SignalContext {
  const workspace = findWorkspace({ cwd: home, env: {}, homeFlag: home, packageRoot })
  const config = loadConfig({ workspace, env: {}, flags: {}, packageRoot })
  const store = openStore({
    dataDir: join(home, 'data'),
    priority: config.settings.sources.priority,
    lockWaitMs: 0,
    clock,
  })
  const requestedAsOf = asOf === null ? null : day(asOf)
  return {
    store,
    market: createMarket(config.instruments, config.calendars),
    config,
    requestedAsOf,
    asOf: (products) =>
      requestedAsOf ?? Math.min(...products.map((product) => store.pick('curves', product)?.last ?? Infinity)),
    warn: () => undefined,
  }
}
