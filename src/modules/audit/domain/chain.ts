import { createHash } from 'node:crypto'
import type { AuditEntry } from './audit-entry.ts'

/** Stands before the first entry of every chain. */
export const CHAIN_START = '0'.repeat(64)

/**
 * Hash of an entry at its place in the chain: SHA-256 over the previous hash, the position and every field, as a
 * JSON array in fixed order, so that no field can be moved into another.
 *
 * @returns 64 lower-case hexadecimal digits
 */
export function chainHash(previous: string, position: number, entry: AuditEntry): string {
  const fields = [
    previous,
    position,
    entry.sequence,
    entry.at,
    entry.actorId,
    entry.actorName,
    entry.credential,
    entry.address,
    entry.requestId,
    entry.action,
    entry.record,
    entry.recordId,
    entry.before,
    entry.after,
    entry.reason,
  ]
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex')
}
