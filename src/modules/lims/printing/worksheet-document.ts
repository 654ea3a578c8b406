import type { Context } from '../../../context.ts'
import type { PdfDocument, RowGroup } from '../../../platform/pdf/pdf-document.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import type { ServiceSnapshot } from '../domain/service-snapshot.ts'
import { findWorksheet, type WorksheetDetails } from '../worksheets/view-worksheets.ts'

/** A worksheet to take to the bench: every position with what is measured at it, and room for results. */
export async function worksheetDocument(ctx: Context, id: number): Promise<PdfDocument> {
  return describeWorksheet(await findWorksheet(ctx, id), { zone: ctx.zone, at: ctx.now() })
}

/** As {@link worksheetDocument}, of details that were read already. */
export function describeWorksheet(
  details: WorksheetDetails,
  { zone, at }: { readonly zone: string; readonly at: Date },
): PdfDocument {
  const { row, related, analyses } = details
  const identifier = String(row.objectId)
  const positions = [...Map.groupBy(analyses, ({ position }) => Number(position))]
  return {
    title: `Worksheet ${identifier}`,
    documentId: identifier,
    generatedAt: at,
    zone,
    locale: 'en',
    blocks: [
      {
        kind: 'two-columns',
        startShare: 0.8,
        start: [
          {
            kind: 'facts',
            columns: 2,
            items: [
              { label: 'Analyst', value: textOf(row.analyst) },
              { label: 'Instrument', value: related.named('lims.instrument', row.instrument)?.name ?? null },
              { label: 'Method', value: related.named('lims.method', row.method)?.name ?? null },
              { label: 'Positions', value: String(positions.length) },
              { label: 'Remarks', value: textOf(row.remarks) },
            ],
          },
        ],
        end: [{ kind: 'barcode', symbology: 'qr', value: identifier, widthMm: 20, align: 'end' }],
      },
      {
        kind: 'table',
        columns: [
          { title: 'Analysis', width: 'fill' },
          { title: 'Method', width: 'fill' },
          { title: 'Result', width: 40 },
          { title: 'Unit', width: 'fit' },
        ],
        groups: positions.map(([position, group]) => groupOf(details, position, group)),
        whenEmpty: 'Nothing is on this worksheet.',
      },
      { kind: 'signatures', lines: [{ role: 'Analyst' }, { role: 'Verified' }] },
    ],
  }
}

function groupOf(
  { related, requests, samples }: WorksheetDetails,
  position: number,
  group: readonly AnyRow[],
): RowGroup {
  const [first] = group
  const request = requests.get(Number(first?.request))
  const material = samples.get(Number(request?.sample))
  const type = related.named('lims.sample-type', material?.sampleType)?.name
  const about = request
    ? [String(request.objectId), type].filter((each) => each !== undefined).join(', ')
    : String(first?.groupId ?? first?.objectId ?? '')
  return {
    title: `${position} · ${kindOf(first)} · ${about}`,
    rows: group.map((each) => {
      const { unit, methodTitle } = each.snapshot as ServiceSnapshot
      return { cells: [String(each.title), methodTitle, each.result === '' ? '' : String(each.result), unit] }
    }),
  }
}

function kindOf(row: AnyRow | undefined): string {
  switch (row?.kind) {
    case 'reference':
      return row.referenceType === 'b' ? 'Blank' : 'Control'
    case 'duplicate':
      return 'Duplicate'
    default:
      return 'Sample'
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
