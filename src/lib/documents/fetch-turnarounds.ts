import { z } from 'zod'
import { fileImport } from './parts/file-import.js'

export const FetchTurnaroundsData = z
  .strictObject(fileImport)
  .describe('Refinery turnarounds of a file, as stored in the lake')

export type FetchTurnaroundsData = z.infer<typeof FetchTurnaroundsData>
