import type { Database } from '../../platform/database/database.ts'
import { CHAIN_START, chainHash } from './domain/chain.ts'
import { countUnsealed, findSealed } from './store/audit-entries.ts'

export type AuditVerdict =
  | { readonly kind: 'whole'; readonly links: number; readonly unsealed: number }
  | {
      readonly kind: 'broken'
      readonly position: number
      readonly sequence: number
      readonly reason: string
      readonly unsealed: number
    }

const BATCH = 1000

/**
 * Computes the whole chain again.
 *
 * @param onProgress told how many links were checked, after each batch
 * @returns the first break, or that there is none; entries not yet chained are counted
 */
export async function verifyAudit(db: Database, onProgress: (links: number) => void): Promise<AuditVerdict> {
  const unsealed = await countUnsealed(db)
  let previous = CHAIN_START
  let position = 0
  for (;;) {
    const links = await findSealed(db, position, BATCH)
    for (const link of links) {
      if (link.position !== position + 1) {
        return {
          kind: 'broken',
          position: position + 1,
          sequence: link.sequence,
          reason: 'an entry is missing before this one',
          unsealed,
        }
      }
      position = link.position
      const expected = chainHash(previous, position, link)
      if (expected !== link.hash) {
        return {
          kind: 'broken',
          position,
          sequence: link.sequence,
          reason: 'this entry was altered',
          unsealed,
        }
      }
      previous = link.hash
    }
    onProgress(position)
    if (links.length < BATCH) return { kind: 'whole', links: position, unsealed }
  }
}
