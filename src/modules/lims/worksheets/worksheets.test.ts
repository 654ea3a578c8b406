import { expect, it } from 'vitest'
import { equals } from '../../../core/query.ts'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { findRecords, listRecords } from '../../records/list-records.ts'
import { createRecord } from '../../records/save-record.ts'
import { doTransition } from '../do-transition.ts'
import { enterResults } from '../enter-results.ts'
import { analysis } from '../records/analysis.ts'
import { referenceDefinition } from '../records/reference-definition.ts'
import { referenceSample } from '../records/reference-sample.ts'
import { request } from '../records/request.ts'
import { service } from '../records/service.ts'
import { supplier } from '../records/supplier.ts'
import { worksheet } from '../records/worksheet.ts'
import { worksheetTemplate } from '../records/worksheet-template.ts'
import {
  asRole,
  LIMS_TEST_MIGRATIONS,
  makeLab,
  makeLimsContext,
  makeSample,
  NO_CALCULATIONS,
  TEST_NOW,
} from '../testing.ts'
import { analysesOn } from './add-controls.ts'
import { addToWorksheet, removeFromWorksheet } from './change-worksheet.ts'
import { createWorksheet } from './create-worksheet.ts'

forEachDatabase('worksheets', LIMS_TEST_MIGRATIONS, (open) => {
  async function prepare() {
    const ctx = makeLimsContext(await open('fresh'))
    const lab = await makeLab(ctx)
    const manager = await asRole(ctx, 'manager')
    const verifier = await asRole(ctx, 'verifier')
    const samples = [await makeSample(manager, lab), await makeSample(manager, lab)]
    await doTransition(
      manager,
      samples.map(({ requestId }) => ({ record: request.name, id: requestId })),
      'receive',
    )
    return { ctx, lab, manager, verifier, samples }
  }

  async function stateOf(ctx: Awaited<ReturnType<typeof prepare>>['ctx'], id: number): Promise<unknown> {
    return (await findRecords(ctx, worksheet, [id]))[0]?.state
  }

  it('are filled by a template with samples, blanks, controls and duplicates', async () => {
    const { ctx, lab, manager } = await prepare()
    const rows = await findRecords(ctx, service, Object.values(lab.services))
    const expected = rows.map(({ uid }) => ({
      uid: String(uid),
      result: '10',
      min: '9',
      max: '11',
      error: '5',
    }))
    const definition = await createRecord(ctx, referenceDefinition, {
      title: 'Control',
      referenceResults: expected,
    })
    const { id: supplierId } = await createRecord(ctx, supplier, { name: 'References' })
    await createRecord(ctx, referenceSample, {
      title: 'Lot 1',
      supplier: supplierId,
      referenceDefinition: definition.id,
      referenceResults: expected,
      expiryDate: TEST_NOW,
    })
    const { id: template } = await createRecord(ctx, worksheetTemplate, {
      title: 'Metals',
      service: Object.values(lab.services),
      layout: [
        { pos: 1, type: 'c', control_ref: definition.uid },
        { pos: 2, type: 'a' },
        { pos: 3, type: 'a' },
        { pos: 4, type: 'd', dup: 2 },
        { pos: 5, type: 'a' },
      ],
    })
    const id = await createWorksheet(manager, { template, analyst: 'ana' })
    const found = await analysesOn(ctx, id)
    expect(Object.groupBy(found, ({ position }) => String(position))).toMatchObject({
      1: Array(3).fill({ kind: 'reference', state: 'assigned', groupId: 'QC-001-001' }),
      2: Array(3).fill({ kind: 'routine', state: 'sample_received', analyst: 'ana' }),
      3: Array(3).fill({ kind: 'routine' }),
      4: Array(3).fill({ kind: 'duplicate', state: 'assigned' }),
    })
    expect(found.some(({ position }) => position === 5)).toBe(false)
  })

  it('follow their analyses to verification, and these their samples', async () => {
    const { ctx, manager, verifier, samples } = await prepare()
    const ids = samples.flatMap(({ analyses }) => analyses.map((each) => each.id))
    const id = await createWorksheet(manager, { analyst: 'ana', analyses: ids })
    expect(
      (await listRecords(ctx, request, { where: equals('assigned', true), order: [], limit: 10, offset: 0 }))
        .total,
    ).toBe(2)
    await enterResults(
      manager,
      NO_CALCULATIONS,
      ids.map((each) => ({ id: each, result: '5' })),
    )
    await doTransition(
      manager,
      ids.map((each) => ({ record: analysis.name, id: each })),
      'submit',
    )
    expect(await stateOf(ctx, id)).toBe('to_be_verified')
    await doTransition(verifier, [{ record: worksheet.name, id }], 'verify')
    expect(await stateOf(ctx, id)).toBe('verified')
    const { rows } = await listRecords(ctx, request, {
      where: { kind: 'all', of: [] },
      order: [],
      limit: 10,
      offset: 0,
    })
    expect(rows.map(({ state }) => state)).toEqual(['verified', 'verified'])
  })

  it('are made anew when they are rejected: samples move, a copy stays', async () => {
    const { ctx, manager, verifier, samples } = await prepare()
    const ids = samples.flatMap(({ analyses }) => analyses.map((each) => each.id))
    const id = await createWorksheet(manager, { analyst: 'ana', analyses: ids })
    await enterResults(
      manager,
      NO_CALCULATIONS,
      ids.map((each) => ({ id: each, result: '5' })),
    )
    await doTransition(
      manager,
      ids.map((each) => ({ record: analysis.name, id: each })),
      'submit',
    )
    const born = await doTransition(verifier, [{ record: worksheet.name, id }], 'reject', {
      reason: 'wrong standard',
    })
    const replacement = born.find(({ kind }) => kind === 'replacement')
    expect([await stateOf(ctx, id), await stateOf(ctx, replacement?.id ?? 0)]).toEqual(['rejected', 'open'])
    expect((await analysesOn(ctx, id)).map(({ kind }) => kind)).toEqual(Array(6).fill('reject'))
    expect(
      (await analysesOn(ctx, replacement?.id ?? 0)).map(({ result, state, retested }) => ({
        result,
        state,
        retested,
      })),
    ).toEqual(Array(6).fill({ result: '', state: 'sample_received', retested: true }))
    const { rows } = await listRecords(ctx, request, {
      where: { kind: 'all', of: [] },
      order: [],
      limit: 10,
      offset: 0,
    })
    expect(rows.map(({ state }) => state)).toEqual(['sample_received', 'sample_received'])
  })

  it('take no analysis twice, and give back what was not submitted', async () => {
    const { ctx, manager, samples } = await prepare()
    const [first, second] = samples[0]?.analyses ?? []
    const id = await createWorksheet(manager, { analyses: [first?.id ?? 0] })
    await expect(addToWorksheet(manager, id, [first?.id ?? 0])).rejects.toThrow(
      'it is on a worksheet already',
    )
    await addToWorksheet(manager, id, [second?.id ?? 0])
    expect((await analysesOn(ctx, id)).map(({ position }) => position)).toEqual([1, 1])
    await removeFromWorksheet(manager, id, [first?.id ?? 0])
    expect(await analysesOn(ctx, id)).toHaveLength(1)
  })
})
