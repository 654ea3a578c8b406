import { asSystem, inTransaction } from '../../src/context.ts'
import { seedLims } from '../../src/demo/lims/seed-lims.ts'
import { seedAccounts } from '../../src/demo/seed-accounts.ts'
import { limsHooks } from '../../src/modules/lims/hooks.ts'
import type { Site } from '../../src/site.ts'

/** The laboratory of the users' document, with the accounts of the demonstration. */
export async function fillLimsSite(site: Site): Promise<void> {
  const base = asSystem(site.base, 'fixture')
  const ctx = {
    ...base,
    recordHooks: new Map([...base.recordHooks, ...limsHooks({ check: async () => [] })]),
  }
  await inTransaction(ctx, async (tx) => seedLims(tx, await seedAccounts(tx, site.access)))
}

/** The header of somebody who signs in with every request. */
export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}
