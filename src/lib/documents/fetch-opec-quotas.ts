import { z } from 'zod'
import { fileImport } from './parts/file-import.js'

export const FetchOpecQuotasData = z.strictObject(fileImport).describe('OPEC quotas of a file, as stored in the lake')

export type FetchOpecQuotasData = z.infer<typeof FetchOpecQuotasData>
