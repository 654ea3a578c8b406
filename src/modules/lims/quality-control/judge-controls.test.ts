import { expect, it } from 'vitest'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { findRecords } from '../../records/list-records.ts'
import { createRecord } from '../../records/save-record.ts'
import { doTransition } from '../do-transition.ts'
import { enterResults } from '../enter-results.ts'
import { referenceSample } from '../records/reference-sample.ts'
import { request } from '../records/request.ts'
import { service } from '../records/service.ts'
import { supplier } from '../records/supplier.ts'
import {
  asRole,
  LIMS_TEST_MIGRATIONS,
  makeLab,
  makeLimsContext,
  makeSample,
  NO_CALCULATIONS,
} from '../testing.ts'
import { addControl, addDuplicate, analysesOn } from '../worksheets/add-controls.ts'
import { createWorksheet } from '../worksheets/create-worksheet.ts'
import { controlChart } from './control-chart.ts'
import { judgeControls } from './judge-controls.ts'

forEachDatabase('quality control of a worksheet', LIMS_TEST_MIGRATIONS, (open) => {
  it('is judged as soon as results are there, and charted', async () => {
    const ctx = makeLimsContext(await open('fresh'))
    const lab = await makeLab(ctx)
    const manager = await asRole(ctx, 'manager')
    const calcium = lab.services.Ca
    const [measured] = await findRecords(ctx, service, [calcium])
    const made = await makeSample(manager, lab, { services: [calcium] })
    await doTransition(manager, [{ record: request.name, id: made.requestId }], 'receive')
    const { id: supplierId } = await createRecord(ctx, supplier, { name: 'References' })
    const { id: bottle } = await createRecord(ctx, referenceSample, {
      title: 'Lot 1',
      supplier: supplierId,
      referenceResults: [{ uid: String(measured?.uid), result: '10', min: '9', max: '11', error: '5' }],
      expiryDate: new Date('2027-01-01T00:00:00Z'),
    })
    const id = await createWorksheet(manager, {
      analyst: 'ana',
      analyses: made.analyses.map((each) => each.id),
    })
    for (let count = 0; count < 6; count++) await addControl(manager, id, { referenceSample: bottle })
    const present = await analysesOn(ctx, id)
    const [routine] = present.filter(({ kind }) => kind === 'routine')
    await addDuplicate(manager, id, { of: Number(routine?.position) })
    expect((await judgeControls(manager, id)).map(({ verdict }) => verdict)).toEqual(
      Array(7).fill('unjudged'),
    )

    const all = await analysesOn(ctx, id)
    const controls = all.filter(({ kind }) => kind === 'reference').toSorted((a, b) => a.id - b.id)
    const values = ['9.9', '10.1', '9.9', '10.1', '10', '13']
    await enterResults(manager, NO_CALCULATIONS, [
      ...controls.map((row, index) => ({ id: row.id, result: values[index] ?? '' })),
      ...all.flatMap(({ id: each, kind }) => {
        if (kind === 'routine') return [{ id: each, result: '50' }]
        return kind === 'duplicate' ? [{ id: each, result: '50' }] : []
      }),
    ])
    const judged = new Map((await judgeControls(manager, id)).map((each) => [each.analysisId, each]))
    expect(controls.map((row) => judged.get(row.id)?.verdict)).toEqual([
      ...Array(5).fill('accepted'),
      'rejected',
    ])
    expect(judged.get(controls[5]?.id ?? 0)).toMatchObject({
      kind: 'control',
      message: '13 is outside 9 to 11',
      rules: [{ rule: '1-2s' }, { rule: '1-3s' }],
    })
    expect([...judged.values()].find(({ kind }) => kind === 'duplicate')?.verdict).toBe('accepted')
    const chart = await controlChart(manager, bottle, calcium)
    expect(chart).toMatchObject({ target: 10, min: 9, max: 11, count: 6 })
    expect(chart.mean).toBeCloseTo(10, 9)
    await expect(controlChart(await asRole(ctx, 'client'), bottle, calcium)).rejects.toMatchObject({
      refusal: { kind: 'not-permitted' },
    })
  })
})
