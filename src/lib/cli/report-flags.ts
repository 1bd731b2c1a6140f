import { flags } from './flags.js'

/** What the reports of a book take. */
export const bookReportFlags = {
  book: flags.book({ default: 'example', summary: 'A book of config/portfolios, or a .yaml, .json or .csv file.' }),
  from: flags.string({
    helpValue: 'DIR',
    summary: 'Read the documents of a run from a folder instead of making them.',
  }),
  charts: flags.string({ helpValue: 'DIR', summary: 'Write each picture as PNG into a folder, too.' }),
}
