import { expect, it } from 'vitest'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { settleZone, ZoneConflictError } from './settle-zone.ts'
import { createSite } from './store/migrations/0001-create.ts'

const AT = new Date('2026-11-21T07:42:00Z')

forEachDatabase('the zone of a site', [createSite], (open) => {
  it('is what the settings say at the first start, and stays so', async () => {
    const { db } = await open('fresh')
    expect(await settleZone(db, 'Europe/Vienna', 'UTC', AT)).toBe('Europe/Vienna')
    expect(await settleZone(db, 'Europe/Vienna', 'UTC', AT)).toBe('Europe/Vienna')
    expect(await settleZone(db, '', 'Asia/Tokyo', AT)).toBe('Europe/Vienna')
  })

  it('is that of the host when the settings say nothing, wherever the site moves later', async () => {
    const { db } = await open('fresh')
    expect(await settleZone(db, '', 'America/Toronto', AT)).toBe('America/Toronto')
    expect(await settleZone(db, '', 'Asia/Tokyo', AT)).toBe('America/Toronto')
    expect(await settleZone(db, 'America/Toronto', 'Asia/Tokyo', AT)).toBe('America/Toronto')
  })

  it('refuses another one later and keeps the first', async () => {
    const { db } = await open('fresh')
    await settleZone(db, 'Europe/Vienna', 'UTC', AT)
    const other = settleZone(db, 'Asia/Tokyo', 'UTC', AT)
    await expect(other).rejects.toThrow(ZoneConflictError)
    await expect(other).rejects.toThrow('Europe/Vienna')
    expect(await settleZone(db, '', 'UTC', AT)).toBe('Europe/Vienna')
  })

  it('is one for two servers that start at once', async () => {
    const { db } = await open('fresh')
    const zones = await Promise.all(
      ['Europe/Vienna', 'Asia/Tokyo'].map((host) => settleZone(db, '', host, AT)),
    )
    expect(new Set(zones).size).toBe(1)
  })
})
