import { expect, it } from 'vitest'
import { makeContext } from '../../../tests/support/make-context.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { findHistory } from '../audit/find-history.ts'
import { createAudit } from '../audit/store/migrations/0001-create.ts'
import { changeZone } from './change-zone.ts'
import { settleZone } from './settle-zone.ts'
import { createSite } from './store/migrations/0001-create.ts'

forEachDatabase('the zone of the site', [createSite, createAudit], (open) => {
  it('is settled once, and changed by the operator only, with a trace', async () => {
    const ctx = makeContext(await open())
    const settle = (configured: string) => settleZone(ctx.db, configured, 'UTC', ctx.now())
    expect(await settle('America/Toronto')).toBe('America/Toronto')
    await expect(settle('Europe/Berlin')).rejects.toThrow('touchstone site zone Europe/Berlin')
    const change = (as: typeof ctx) => changeZone(as, 'Europe/Berlin')
    await expect(change({ ...ctx, actor: { kind: 'anonymous' } })).rejects.toMatchObject({
      refusal: { kind: 'not-authenticated' },
    })
    expect(await change(ctx)).toEqual({ before: 'America/Toronto', after: 'Europe/Berlin' })
    expect(await change(ctx)).toEqual({ before: 'Europe/Berlin', after: 'Europe/Berlin' })
    expect(await settle('Europe/Berlin')).toBe('Europe/Berlin')
    const history = await findHistory(ctx, 'site.fact', 'zone', { limit: 9, offset: 0 })
    expect(history.map(({ changes }) => changes)).toEqual([
      [{ field: 'zone', before: 'America/Toronto', after: 'Europe/Berlin' }],
    ])
    await expect(changeZone(ctx, 'Mars/Olympus')).rejects.toMatchObject({
      refusal: { kind: 'invalid-input' },
    })
  })
})
