import { join } from 'node:path'
import type { Report } from './report.js'
import type { ReportDailyData } from '../documents/report-daily.js'
import { isoFromDay } from '../kernel/day.js'
import { ContangoCommand } from './base-command.js'
import { capturingIo } from './capturing-io.js'
import type { Context } from './context.js'
import { bookReportFlags } from './report-flags.js'

/** A report of a book: gathers documents or reads them, writes the page, says what is on it. */
export abstract class BookReportCommand extends ContangoCommand {
  static override flags = bookReportFlags
  protected abstract readonly days: number
  protected abstract readonly fileName: string

  protected async answer(ctx: Context): Promise<Report<ReportDailyData>> {
    const { flags } = this.input(BookReportCommand)
    const { home } = flags as { home?: string }
    const { dailyDocuments } = await import('../reports/daily/daily-documents.js')
    const gathered =
      flags.from === undefined
        ? await (
            await import('../reports/daily/gather.js')
          ).gatherAnswers(
            async (words) => {
              const { io, text } = capturingIo(ctx.io)
              const argv = [...words, `--seed=${ctx.seed}`, ...(home === undefined ? [] : [`--home=${home}`])]
              const exitCode = await this.runAnother(argv, { io })
              ctx.signal.throwIfAborted()
              return { exitCode, text: text() }
            },
            {
              book: flags.book,
              days: this.days,
              asOf: ctx.requestedAsOf === null ? null : isoFromDay(ctx.requestedAsOf),
            },
          )
        : await (await import('../reports/daily/read-run.js')).readAnswers(ctx.resolveFile(flags.from), flags.from)
    const documents = dailyDocuments(gathered.answers)
    const page =
      this.ownOutput === null ? defaultPage(ctx, this.fileName, documents.asOf) : ctx.resolveFile(this.ownOutput)
    const { writeDaily } = await import('../reports/daily/write-daily.js')
    const { dailyAnswer } = await import('../reports/daily/daily-answer.js')
    const charts = flags.charts === undefined ? null : ctx.resolveFile(flags.charts)
    const files = await writeDaily({ documents, notAvailable: gathered.notAvailable }, { page, charts }, ctx.signal)
    for (const { name } of files) ctx.note(`wrote ${name}`)
    for (const { what, reason } of gathered.notAvailable) ctx.warn('NOT_SHOWN', `${what}: ${reason}`)
    return dailyAnswer(documents, gathered.answers, gathered.notAvailable, files)
  }
}

function defaultPage(ctx: Context, name: string, asOf: string): string {
  return join(ctx.workspace.reportsDir, `${name}-${asOf}.html`)
}
