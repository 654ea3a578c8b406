import { type Context, requirePermission } from '../../context.ts'
import { invalidInput } from '../../core/refusal.ts'
import type { Label } from '../../platform/pdf/labels.ts'
import { findLabels } from '../records/find-labels.ts'
import { findRecords } from '../records/list-records.ts'
import { sampleRecord } from './records/sample.ts'
import { sampleTypeRecord } from './records/sample-type.ts'
import { asSample } from './typed-row.ts'

const MOST = 1000

/** Labels of samples, each with a code that leads to its sample. @param address where people reach the server */
export async function labelsOfSamples(
  ctx: Context,
  ids: readonly number[],
  address: string,
): Promise<readonly Label[]> {
  requirePermission(ctx, 'research.access')
  if (ids.length === 0 || ids.length > MOST) throw invalidInput('ids', `Name 1 to ${MOST} samples.`)
  const samples = (await findRecords(ctx, sampleRecord, ids)).map(asSample)
  if (samples.length === 0) throw invalidInput('ids', 'None of these samples exists.')
  const types = await findLabels(ctx, sampleTypeRecord, [
    ...new Set(samples.map(({ sampleType }) => sampleType)),
  ])
  return samples.map((sample) => ({
    code: { symbology: 'qr', value: `${address}/s/${sample.sampleId}` },
    lines: [
      { text: sample.sampleId, size: 9, bold: true },
      { text: sample.name },
      { text: types.get(sample.sampleType) ?? '' },
      { text: [sample.dateCreated, sample.location ?? ''].filter((word) => word !== '').join('  ') },
    ],
  }))
}
