import type { Context, RecordHook } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import type { InstanceKeys } from '../../platform/crypto/instance-keys.ts'
import { sealSecret } from '../../platform/crypto/seal-secret.ts'
import { parseWebAddress } from '../../platform/outgoing/guarded-fetch.ts'
import { isMasked, maskAddress } from './domain/webhook-address.ts'
import { saveSealedAddress } from './store/webhook-addresses.ts'

/** Keeps the address of a webhook sealed in a table of its own; the record itself shows where it leads and no more. */
export function webhookHook(keys: InstanceKeys): RecordHook {
  // from the check of one saving to its end; the row may not have an id before
  const given = new WeakMap<Context, string>()
  return {
    beforeSave: async (tx, values, before) => {
      const { url } = values
      if (typeof url !== 'string' || url === before?.url) return { ...values }
      const address = parseWebAddress(url).href
      if (isMasked(url)) throw invalidInput('url', 'Give the whole address, or leave it as it is.')
      given.set(tx, address)
      return { ...values, url: maskAddress(address) }
    },
    afterSave: async (tx, after) => {
      const address = given.get(tx)
      given.delete(tx)
      if (after && address !== undefined)
        await saveSealedAddress(tx.db, after.id, sealSecret(keys, address, addressPurpose(after.id)))
    },
  }
}

/** What a sealed address is for. */
export function addressPurpose(webhookId: number): string {
  return `notifications.webhook:${webhookId}`
}
