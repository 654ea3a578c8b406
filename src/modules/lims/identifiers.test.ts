import { afterAll, describe, expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import type { DatabaseHandle, DatabaseKind } from '../../platform/database/database.ts'
import { openDatabase } from '../../platform/database/open-database.ts'
import { makeTestDatabase } from '../../platform/database/testing.ts'
import { formatIdentifier, identifierKey } from './domain/identifier-format.ts'
import { flushCounters } from './identifier-counters.ts'
import { LIMS_TEST_MIGRATIONS, makeLab, makeLimsContext, makeSample } from './testing.ts'

const wanted = process.env.TOUCHSTONE_TEST_DATABASES?.split(',') ?? ['sqlite', 'postgres']

describe.each(wanted as DatabaseKind[])('identifiers (%s)', (kind) => {
  const open: DatabaseHandle[] = []
  afterAll(async () => {
    await Promise.all(open.map((handle) => handle.close()))
  })

  async function servers(count: number): Promise<readonly Context[]> {
    const config = await makeTestDatabase(kind, LIMS_TEST_MIGRATIONS)
    const contexts: Context[] = []
    for (let index = 0; index < count; index++) {
      const handle = await openDatabase(config)
      open.push(handle)
      contexts.push(makeLimsContext(handle))
    }
    return contexts
  }

  it('have no gap and no duplicate when two servers register at once and some attempts fail', async () => {
    const [one, two] = await servers(2)
    if (!one || !two) throw new Error('no server')
    const lab = await makeLab(one)
    const attempts = Array.from({ length: 15 }, (_, index) => {
      const ctx = index % 2 === 0 ? one : two
      // every fifth names a contact of nobody, after others have taken their numbers
      return index % 5 === 4 ? makeSample(ctx, lab, { contact: 999 }) : makeSample(ctx, lab)
    })
    const made = (await Promise.allSettled(attempts)).flatMap((each) =>
      each.status === 'fulfilled' ? [each.value.sample.objectId] : [],
    )
    const numbers = made.map((id) => Number(id.split('-')[1])).sort((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
  })

  it('continue after the highest there is once the counters were emptied', async () => {
    const [ctx] = await servers(1)
    if (!ctx) throw new Error('no server')
    const lab = await makeLab(ctx)
    await makeSample(ctx, lab)
    await makeSample(ctx, lab)
    await flushCounters(ctx)
    expect((await makeSample(ctx, lab)).sample.objectId).toMatch(/-0003$/)
  })

  it('number the requests about one sample', async () => {
    const [ctx] = await servers(1)
    if (!ctx) throw new Error('no server')
    const lab = await makeLab(ctx)
    const first = await makeSample(ctx, lab)
    const second = await makeSample(ctx, lab, { sample: first.sampleId })
    expect([first.request.objectId.slice(-4), second.request.objectId]).toEqual([
      '-R01',
      `${first.sample.objectId}-R02`,
    ])
  })
})

describe('formats of identifiers', () => {
  const date = { year: 2013, month: 9, day: 29, hour: 0, minute: 0, second: 0 }
  it.each([
    ['{sampleType}-{seq:04d}', 7, 'AP-0007'],
    ['{sampleType}-{seq:04d}', 123_456, 'AP-123456'],
    ['{sampleId}-R{seq:02d}', 1, 'AP-0007-R01'],
    ['{sampleType}{year}-{seq:04d}', 1, 'AP13-0001'],
    ['{samplingDate:%Y%m%d}-{seq}', 3, '20130929-3'],
    ['{alpha:2a3d}', 1, 'AA001'],
    ['{alpha:2a3d}', 999, 'AA999'],
    ['{alpha:2a3d}', 1000, 'AB001'],
    ['{clientId}/{seq:d}', 5, 'BO/5'],
  ])('%s with %i is %s', (format, sequence, expected) => {
    const parts = { sampleType: 'AP', sampleId: 'AP-0007', year: '13', samplingDate: date, clientId: 'BÖ' }
    expect(formatIdentifier(format, parts, sequence)).toBe(expected)
  })

  it('are numbered together when they differ in nothing but the number', () => {
    expect(identifierKey('Sample', '{sampleType}-{seq:04d}', { sampleType: 'AP' })).toBe('sample-AP-')
  })

  it.each(['{nothing}', '{seq:x}', '{samplingDate:%Q}'])('refuse %s', (format) => {
    expect(() => formatIdentifier(format, { samplingDate: date }, 1)).toThrow()
  })
})
