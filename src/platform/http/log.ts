import type { FastifyBaseLogger } from 'fastify'
import { pino } from 'pino'
import type { Config } from '../../config.ts'

/** The log of the process: lines of JSON on its output, without what requests prove their identity with. */
export function createLog({ logLevel }: Pick<Config, 'logLevel'>): FastifyBaseLogger {
  return pino({ level: logLevel, redact: ['req.headers.authorization', 'req.headers.cookie'] })
}
