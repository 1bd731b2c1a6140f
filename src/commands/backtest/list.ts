import { STRATEGIES } from '../../lib/backtest/strategies.js'
import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Report } from '../../lib/cli/report.js'
import type { BacktestListData } from '../../lib/documents/backtest-list.js'

export default class BacktestList extends ContangoCommand {
  static override summary = 'Strategies that backtest knows, with their rules and parameters'
  static override examples = ['<%= config.bin %> backtest list', '<%= config.bin %> backtest list --json']
  static override needsWorkspace = false

  protected async answer(): Promise<Report<BacktestListData>> {
    const data: BacktestListData = {
      strategies: STRATEGIES.map(({ name, summary, rule, parameters }) => ({
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
