import { afterAll, expect, it } from 'vitest'
import { forEachDatabase } from '../../../platform/database/testing.ts'
import { openDocumentBuilder } from '../../../platform/pdf/document-builder.ts'
import { readPdfText } from '../../../platform/pdf/read-pdf-text.ts'
import { doTransition } from '../do-transition.ts'
import { request } from '../records/request.ts'
import { asRole, LIMS_TEST_MIGRATIONS, makeLab, makeLimsContext, makeSample } from '../testing.ts'
import { createWorksheet } from '../worksheets/create-worksheet.ts'
import { sampleLabels } from './sample-labels.ts'
import { worksheetDocument } from './worksheet-document.ts'

const builder = openDocumentBuilder()
afterAll(() => builder.close())

forEachDatabase('the laboratory on paper', LIMS_TEST_MIGRATIONS, (open) => {
  it('labels samples and prints worksheets', async () => {
    const ctx = makeLimsContext(await open('fresh'))
    const lab = await makeLab(ctx)
    const manager = await asRole(ctx, 'manager')
    const made = await makeSample(manager, lab)
    const order = { samples: [made.requestId], sheet: 'Roll 62×29 mm', copies: 2 }
    const labels = readPdfText(await sampleLabels(manager, builder, order))
    expect(labels).toHaveLength(2)
    expect(labels[1]).toContain(made.request.objectId)
    expect(labels[1]).toContain('2026-03-01')
    await expect(sampleLabels(await asRole(ctx, 'client'), builder, order)).rejects.toMatchObject({
      refusal: { kind: 'not-found' },
    })
    for (const wrong of [{ sheet: 'toString' }, { copies: 0 }, { copies: 21 }, { skip: 1 }])
      await expect(sampleLabels(manager, builder, { ...order, ...wrong })).rejects.toMatchObject({
        refusal: { kind: 'invalid-input' },
      })

    await doTransition(manager, [{ record: request.name, id: made.requestId }], 'receive')
    const id = await createWorksheet(manager, {
      analyst: 'ana',
      analyses: made.analyses.map((each) => each.id),
    })
    const text = readPdfText(await builder.buildPdf(await worksheetDocument(manager, id))).join('\n')
    for (const word of ['Worksheet', 'ana', made.request.objectId, 'Sample']) expect(text).toContain(word)
  })
})
