import { z } from 'zod'

/** The `http:` part of a vendor's file: how patient and how polite its client is. */
export const httpSection = () =>
  z.strictObject({
    attemptTimeoutSeconds: z.number().positive().max(600),
    retries: z.int().min(0).max(20),
    firstDelaySeconds: z.number().min(0).max(60),
    delayFactor: z.number().min(1).max(10),
    maxDelaySeconds: z.number().min(0).max(600),
    maxRetryAfterSeconds: z.number().min(0).max(3600),
    jitterFraction: z.number().min(0).max(1),
    maxBodyMegabytes: z.number().positive().max(1024),
    requestsPerSecond: z.number().positive().max(100),
    burst: z.int().min(1).max(100),
    concurrency: z.int().min(1).max(16),
    giveUpAfterFailures: z.int().min(1).max(100),
  })

export type HttpSection = z.output<ReturnType<typeof httpSection>>
