import { type Context, requirePermission } from '../../../context.ts'
import { invalidInput, RefusedError } from '../../../core/refusal.ts'
import type { DocumentBuilder } from '../../../platform/pdf/document-builder.ts'
import { LABEL_SHEETS } from '../../../platform/pdf/label-sheets.ts'
import type { Label } from '../../../platform/pdf/labels.ts'
import { limsSettings } from '../lims-settings.ts'
import { findSamples, type SampleView } from '../list-samples.ts'

export const LABEL_CODES = ['qr', 'datamatrix', 'code128'] as const

/** Which labels are printed, and on what. */
export type LabelOrder = {
  /** ids of requests, in the order of printing */
  readonly samples: readonly number[]
  /** a name of `LABEL_SHEETS` */
  readonly sheet: string
  readonly code?: (typeof LABEL_CODES)[number]
  /** of each label; 1 unless given */
  readonly copies?: number
  /** places of the first sheet that are used up */
  readonly skip?: number
}

const MOST_COPIES = 20
const MOST_SAMPLES = 500

/** Labels of samples as a PDF. @throws RefusedError `not-found` outside the actor's scope; `invalid-input` */
export async function sampleLabels(
  ctx: Context,
  builder: Pick<DocumentBuilder, 'buildLabels'>,
  { samples, sheet: sheetName, code = 'qr', copies = 1, skip = 0 }: LabelOrder,
): Promise<Buffer> {
  requirePermission(ctx, 'lims.access')
  const sheet = Object.hasOwn(LABEL_SHEETS, sheetName) ? LABEL_SHEETS[sheetName] : undefined
  if (!sheet) throw invalidInput('sheet', `This must be one of ${Object.keys(LABEL_SHEETS).join('; ')}.`)
  if (!Number.isInteger(copies) || copies < 1 || copies > MOST_COPIES)
    throw invalidInput('copies', `This must be a whole number from 1 to ${MOST_COPIES}.`)
  if (samples.length > MOST_SAMPLES)
    throw invalidInput('samples', `Labels of at most ${MOST_SAMPLES} samples are printed at once.`)
  const wanted = [...new Set(samples)]
  const [found, { hideClientIdentity }] = await Promise.all([findSamples(ctx, wanted), limsSettings(ctx)])
  const views = new Map(found.map((view) => [view.request.id, view]))
  const labels = wanted.flatMap((id) => {
    const view = views.get(id)
    if (!view) throw new RefusedError({ kind: 'not-found', what: 'sample', id })
    return Array<Label>(copies).fill(labelOf(view, code, hideClientIdentity !== true, ctx.zone))
  })
  return builder.buildLabels({ title: 'Labels', generatedAt: ctx.now(), sheet, labels, skip })
}

/** The identifier large and as a code, then what it is and when it was taken. */
export function labelOf(
  { request, sample, related }: Pick<SampleView, 'request' | 'sample' | 'related'>,
  symbology: (typeof LABEL_CODES)[number],
  namesClient: boolean,
  zone: string,
): Label {
  const id = String(request.objectId)
  const kind = related.named('lims.sample-type', sample.sampleType)?.name
  const client = namesClient ? related.named('lims.client', request.client)?.name : undefined
  const taken = sample.dateSampled ?? sample.samplingDate
  const own = typeof sample.clientSampleId === 'string' ? sample.clientSampleId : undefined
  const lines = [kind, client, own, taken instanceof Date ? dayIn(zone, taken) : undefined]
  return {
    lines: [
      { text: id, size: 10, bold: true },
      ...lines.flatMap((text) => (text ? [{ text, size: 7 }] : [])),
    ],
    code: { symbology, value: id },
  }
}

function dayIn(zone: string, at: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at)
}
