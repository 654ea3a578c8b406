import { expect, it } from 'vitest'
import type { Context } from '../../context.ts'
import { compare } from '../../core/query.ts'
import { forEachDatabase } from '../../platform/database/testing.ts'
import { listRecords } from '../records/list-records.ts'
import { doTransition } from './do-transition.ts'
import { enterResults } from './enter-results.ts'
import { analysis } from './records/analysis.ts'
import { request } from './records/request.ts'
import { sample } from './records/sample.ts'
import {
  asRole,
  LIMS_TEST_MIGRATIONS,
  makeLab,
  makeLimsContext,
  makeSample,
  NO_CALCULATIONS,
} from './testing.ts'

forEachDatabase('the life of a sample', LIMS_TEST_MIGRATIONS, (open) => {
  async function statesOf(ctx: Context, requestId: number): Promise<readonly (readonly string[])[]> {
    const { rows } = await listRecords(ctx, analysis, {
      where: compare('request', 'exact', requestId),
      order: [],
      limit: 100,
      offset: 0,
    })
    return rows.map((row) => [String(row.objectId).replace(/_\d+/, ''), String(row.state)] as const).sort()
  }

  async function stateOf(ctx: Context, record: typeof request | typeof sample, id: number): Promise<unknown> {
    const { rows } = await listRecords(ctx, record, {
      where: compare('id', 'exact', id),
      order: [],
      limit: 1,
      offset: 0,
    })
    return rows[0]?.state
  }

  it('goes from registration to publication, each step by whom it is for', async () => {
    const ctx = makeLimsContext(await open())
    const lab = await makeLab(ctx)
    const clerk = await asRole(ctx, 'clerk')
    const analyst = await asRole(ctx, 'analyst')
    const verifier = await asRole(ctx, 'verifier')
    const publisher = await asRole(ctx, 'publisher')
    const made = await makeSample(clerk, lab)
    const about = [{ record: request.name, id: made.requestId }]
    const analyses = made.analyses.map(({ id }) => ({ record: analysis.name, id }))
    expect(await stateOf(ctx, request, made.requestId)).toBe('sample_due')
    await doTransition(clerk, about, 'receive')
    expect(await stateOf(ctx, sample, made.sampleId)).toBe('sample_received')
    await expect(doTransition(analyst, analyses, 'submit')).rejects.toThrow('there is no result')
    await enterResults(
      analyst,
      NO_CALCULATIONS,
      made.analyses.map(({ id }, index) => ({ id, result: `${index + 9}.50` })),
    )
    await doTransition(analyst, analyses, 'submit')
    expect(await stateOf(ctx, request, made.requestId)).toBe('to_be_verified')
    await expect(doTransition(analyst, about, 'verify')).rejects.toThrow(
      'No workflow provides the "verify" action.',
    )
    await doTransition(verifier, about, 'verify')
    await doTransition(publisher, about, 'publish')
    expect(await stateOf(ctx, request, made.requestId)).toBe('published')
    expect(await statesOf(ctx, made.requestId)).toEqual([
      ['Ca', 'published'],
      ['Cu', 'published'],
      ['Mg', 'published'],
    ])
  })

  it('puts a new analysis in the place of a retracted one and takes the sample back', async () => {
    const ctx = makeLimsContext(await open())
    const lab = await makeLab(ctx)
    const manager = await asRole(ctx, 'manager')
    const made = await makeSample(manager, lab)
    const [first] = made.analyses
    await doTransition(manager, [{ record: request.name, id: made.requestId }], 'receive')
    await enterResults(
      manager,
      NO_CALCULATIONS,
      made.analyses.map(({ id }) => ({ id, result: '1' })),
    )
    await doTransition(
      manager,
      made.analyses.map(({ id }) => ({ record: analysis.name, id })),
      'submit',
    )
    await doTransition(manager, [{ record: analysis.name, id: first?.id ?? 0 }], 'retract', {
      reason: 'wrong dilution',
    })
    expect(await stateOf(ctx, request, made.requestId)).toBe('sample_received')
    expect((await statesOf(ctx, made.requestId)).map(([, state]) => state).sort()).toEqual([
      'retracted',
      'sample_received',
      'to_be_verified',
      'to_be_verified',
    ])
  })

  it('follows an invalidated sample by a new request without results', async () => {
    const ctx = makeLimsContext(await open())
    const lab = await makeLab(ctx)
    const manager = await asRole(ctx, 'manager')
    const verifier = await asRole(ctx, 'verifier')
    const made = await makeSample(manager, lab)
    const about = [{ record: request.name, id: made.requestId }]
    await doTransition(manager, about, 'receive')
    await enterResults(
      manager,
      NO_CALCULATIONS,
      made.analyses.map(({ id }) => ({ id, result: '1' })),
    )
    await doTransition(
      manager,
      made.analyses.map(({ id }) => ({ record: analysis.name, id })),
      'submit',
    )
    await doTransition(verifier, about, 'verify')
    await doTransition(manager, about, 'publish')
    const [born] = await doTransition(manager, about, 'invalidate', { reason: 'samples were swapped' })
    const { rows } = await listRecords(ctx, request, {
      where: compare('id', 'exact', born?.id ?? 0),
      order: [],
      limit: 1,
      offset: 0,
    })
    expect(rows[0]).toMatchObject({
      objectId: `${made.sample.objectId}-R02`,
      state: 'sample_received',
      parentRequest: made.requestId,
    })
    expect((await statesOf(ctx, born?.id ?? 0)).map(([, state]) => state)).toEqual([
      'sample_received',
      'sample_received',
      'sample_received',
    ])
  })
})
