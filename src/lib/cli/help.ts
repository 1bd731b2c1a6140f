import { Help, type Config } from '@oclif/core'

const ROOT_FOOTER = `EXIT CODES
  0 ok   1 bug   2 usage   3 config   4 no data   5 source failed   6 data refused   7 numeric
  8 denied   9 busy   10 it ran and the answer is "no"   130, 143 stopped by a signal

  Simulation and analysis only: contango has no broker, no exchange and no live order.
`

/** oclif's help, written where the host says, with the exit codes under the list of commands. */
export class ContangoHelp extends Help {
  private readonly write: (text: string) => void

  constructor(config: Config, write: (text: string) => void) {
    super(config, { ...config.pjson.oclif.helpOptions, stripAnsi: true })
    this.write = write
  }

  override async showRootHelp(): Promise<void> {
    await super.showRootHelp()
    this.log(ROOT_FOOTER)
  }

  protected override log(...args: string[]): void {
    this.write(`${args.join(' ')}\n`)
  }
}
