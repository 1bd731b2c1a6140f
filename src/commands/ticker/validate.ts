import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import { requestedTicker } from '../../lib/cli/requested-ticker.js'
import type { TickerValidateData } from '../../lib/documents/ticker-validate.js'

export default class TickerValidate extends ContangoCommand {
  static override summary = 'Whether a ticker is valid, and if not, why'
  static override description = 'Exit code 0 for a valid ticker, 10 for an invalid one, with the reason.'
  static override examples = [
    '<%= config.bin %> ticker validate "CO2 Comdty"',
    '<%= config.bin %> ticker validate "CLZ26 Comdty" --json',
  ]
  static override needsWorkspace = false
  static override args = { ticker: args.string({ required: true, description: 'the ticker, quoted: "CL1 Comdty"' }) }

  protected async answer(ctx: Context): Promise<Report<TickerValidateData>> {
    const { args } = this.input(TickerValidate)
    const { read, asOf } = requestedTicker(ctx, args.ticker)
    const invalid = 'reason' in read ? read : null
    const normalised = 'reason' in read ? null : read.ticker
    return {
      asOf,
      data: {
        ticker: args.ticker,
        valid: invalid === null,
        normalised,
        code: invalid?.code ?? null,
        reason: invalid?.reason ?? null,
      },
      rows: {
        length: 1,
        columns: [
          { name: 'ticker', kind: 'text', values: [args.ticker] },
          { name: 'valid', kind: 'boolean', values: [invalid === null] },
          { name: 'normalised', kind: 'text', values: [normalised] },
          { name: 'reason', kind: 'text', values: [invalid?.reason ?? null] },
        ],
      },
      trip: invalid ? { code: invalid.code, message: invalid.reason } : undefined,
    }
  }
}
