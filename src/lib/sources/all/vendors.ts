import type { Config } from '../../config/config.js'
import type { Vendor } from './source-status.js'

/** Every source that `fetch status` tells of, as the configuration has it. */
export function vendorsOf(config: Pick<Config, 'settings' | 'sources'>): Vendor[] {
  const { bloomberg, cftc, eia, fred, yahoo } = config.settings
  const { transport } = config.sources.bloomberg
  const plain = { needsKey: false, keylessFlag: null, secret: null, off: null, simulated: false }
  return [
    {
      ...plain,
      source: 'bloomberg',
      off: transport === 'none' ? 'bloomberg.transport is none in config/sources.yaml' : null,
      simulated: bloomberg.useMock,
      address: `tcp://${bloomberg.host}:${bloomberg.port}`,
    },
    { ...plain, source: 'cftc', secret: 'CFTC_APP_TOKEN', address: cftc.baseUrl },
    { ...plain, source: 'eia', secret: 'EIA_API_KEY', needsKey: true, keylessFlag: '--keyless', address: eia.baseUrl },
    { ...plain, source: 'fred', secret: 'FRED_API_KEY', needsKey: true, address: fred.baseUrl },
    { ...plain, source: 'sim', simulated: true, address: null },
    {
      ...plain,
      source: 'yahoo',
      off: yahoo.acceptCaveats ? null : 'opt-in: yahoo.acceptCaveats, or fetch yahoo --accept-caveats',
      address: yahoo.baseUrl,
    },
  ]
}
