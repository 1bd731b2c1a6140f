import { STRATEGIES } from '../../lib/backtest/strategies.js'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import { requestedStrategy } from '../../lib/outside/requested-strategy.js'
import type { BacktestListData } from '../../lib/documents/backtest-list.js'

export default class BacktestList extends ContangoCommand {
  static override summary = 'Strategies that backtest knows, with their rules and parameters'
  static override examples = ['<%= config.bin %> backtest list', '<%= config.bin %> backtest list ma-crossover --json']
  static override needsWorkspace = false
  static override args = {
    strategy: args.string({ description: 'One of them, or a file with a strategy of your own; all without it' }),
  }

  protected async answer(ctx: Context): Promise<Report<BacktestListData>> {
    const { strategy } = this.input(BacktestList).args
    const listed = strategy === undefined ? STRATEGIES : [await requestedStrategy(ctx, strategy)]
    const data: BacktestListData = {
      strategies: listed.map(({ name, summary, rule, parameters }) => ({
        name,
        summary,
        rule,
        parameters: parameters.map((parameter) => ({
          name: parameter.name,
          kind: parameter.kind,
          default: parameter.default,
          min: 'min' in parameter ? parameter.min : null,
          max: 'max' in parameter ? parameter.max : null,
          options: parameter.kind === 'choice' ? [...parameter.options] : null,
          summary: parameter.summary,
        })),
      })),
    }
    const each = data.strategies.map(({ name, rule, parameters }) => ({
      name,
      parameters: parameters.map((parameter) => `--${parameter.name} ${parameter.default}`).join(' '),
      rule,
    }))
    return {
      asOf: null,
      data,
      rows: {
        length: each.length,
        columns: [
          { name: 'strategy', kind: 'text', values: each.map(({ name }) => name) },
          { name: 'parameters', kind: 'text', values: each.map(({ parameters }) => parameters) },
          { name: 'rule', kind: 'text', values: each.map(({ rule }) => rule) },
        ],
      },
      view: data.strategies.map(({ name, summary, rule, parameters }) => ({
        title: name,
        lines: [
          summary,
          rule,
          ...parameters.map(
            (parameter) =>
              `  --${parameter.name} ${parameter.options?.join('|') ?? 'N'}  (${parameter.default})  ${parameter.summary}`,
          ),
        ],
      })),
    }
  }
}
