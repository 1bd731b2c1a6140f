import { ContangoError } from '../../kernel/errors.js'

export interface KeyOf {
  /** "EIA" */
  readonly vendor: string
  /** `EIA_API_KEY` */
  readonly secret: string
  /** Where one gets it. */
  readonly where: string
}

/** The key of a vendor that answers nobody without one; throws config `<VENDOR>_KEY_MISSING`. */
export function requiredKey(ctx: { secret(name: string): string | null }, { vendor, secret, where }: KeyOf): string {
  const key = ctx.secret(secret)
  if (key !== null) return key
  throw new ContangoError(
    'config',
    `${vendor.toUpperCase()}_KEY_MISSING`,
    `${vendor} wants a key and none is set`,
    `export ${secret}=…  (a free key: ${where})`,
    { secret },
  )
}
