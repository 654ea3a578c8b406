import type { DatabaseHandle } from '../../platform/database/database.ts'
import { CHAIN_START, chainHash } from './domain/chain.ts'
import { findChainEnd, findUnsealed, sealEntry } from './store/audit-entries.ts'

const BATCH = 500

/**
 * Chains the entries that committed since the last call. Entries take their place in the order in which the sealer
 * finds them committed, so writers never wait for one another.
 *
 * @returns how many entries were chained; fewer than the batch means that none is left
 */
export function sealAudit(database: DatabaseHandle): Promise<number> {
  // two sealers at once would give one position to two entries
  return database.transaction(
    async (db) => {
      const entries = await findUnsealed(db, BATCH)
      let { position, hash } = (await findChainEnd(db)) ?? { position: 0, hash: CHAIN_START }
      for (const entry of entries) {
        position += 1
        hash = chainHash(hash, position, entry)
        await sealEntry(db, entry.sequence, position, hash)
      }
      return entries.length
    },
    { isolation: 'serializable' },
  )
}
