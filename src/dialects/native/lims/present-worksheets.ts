import type { Context } from '../../../context.ts'
import { hasPermission } from '../../../core/actor.ts'
import { allowedTransitions } from '../../../modules/lims/allowed-transitions.ts'
import { WORKSHEET_STATES, type WorksheetState } from '../../../modules/lims/domain/workflow/states.ts'
import { worksheet } from '../../../modules/lims/records/worksheet.ts'
import type {
  Pool,
  WorksheetDetails,
  WorksheetView,
} from '../../../modules/lims/worksheets/view-worksheets.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { isoOf, presentAnalyses, textOf } from './present-analyses.ts'
import type { WireAnalysis } from './samples.schema.ts'
import type { WirePool, WireSlot, WireWorksheet, WireWorksheetRow } from './worksheets.schema.ts'

/** A line of the list of worksheets. */
export function presentWorksheetRow({ row, related, progress, positions }: WorksheetView): WireWorksheetRow {
  return {
    id: row.id,
    uid: String(row.uid),
    objectId: String(row.objectId),
    state: String(row.state),
    stateTitle: WORKSHEET_STATES[row.state as WorksheetState],
    analyst: textOf(row.analyst),
    template: related.named('lims.worksheet-template', row.template),
    instrument: related.named('lims.instrument', row.instrument),
    method: related.named('lims.method', row.method),
    createdAt: isoOf(row.createdAt) ?? '',
    positions,
    analyses: progress.total,
    submitted: progress.submitted,
  }
}

/** A worksheet with its positions in their order. */
export async function presentWorksheet(ctx: Context, details: WorksheetDetails): Promise<WireWorksheet> {
  const { row, related } = details
  const [analyses, moves] = await Promise.all([
    presentAnalyses(ctx, details.analyses),
    allowedTransitions(ctx, worksheet, [row]),
  ])
  const rejected = analyses.filter(({ kind }) => kind === 'reject')
  const placed = Map.groupBy(
    analyses.filter(({ kind }) => kind !== 'reject'),
    ({ position }) => position ?? 0,
  )
  const positionById = new Map(analyses.map(({ id, position }) => [id, position]))
  const mayChange =
    hasPermission(ctx.actor, 'lims.worksheet.change') || hasPermission(ctx.actor, 'lims.worksheet.manage')
  return {
    ...presentWorksheetRow(details),
    version: row.version,
    path: String(row.path),
    remarks: textOf(row.remarks),
    resultsLayout: row.resultsLayout === '2' ? '2' : '1',
    replaces: related.named('lims.worksheet', row.replaces),
    slots: [...placed]
      .sort(([a], [b]) => a - b)
      .map(([position, group]) => presentSlot(details, position, group, positionById)),
    rejected,
    moves: moves.get(row.id) ?? [],
    editable: mayChange && row.state !== 'verified' && row.state !== 'rejected',
  }
}

function presentSlot(
  details: WorksheetDetails,
  position: number,
  analyses: readonly WireAnalysis[],
  positions: ReadonlyMap<number, number | null>,
): WireSlot {
  const [first] = analyses
  const type =
    first?.kind === 'duplicate' ? 'd' : first?.kind === 'reference' ? (first.referenceType ?? 'c') : 'a'
  const original = first?.originalId == null ? null : (positions.get(first.originalId) ?? null)
  const groups = new Map(details.analyses.map((row) => [row.id, textOf(row.groupId)]))
  return {
    position,
    type,
    label: type === 'a' ? (first?.sample?.objectId ?? '') : (groups.get(first?.id ?? 0) ?? ''),
    sample: first?.sample ? { ...first.sample, ...aboutSample(details, first.sample.id) } : null,
    referenceSample: first?.referenceSample ?? null,
    duplicates: original,
    analyses,
  }
}

function aboutSample(
  { requests, samples, related }: WorksheetDetails,
  requestId: number,
): { readonly client: string; readonly sampleType: string } {
  const row = requests.get(requestId)
  const material: AnyRow | undefined = samples.get(Number(row?.sample))
  return {
    client: related.named('lims.client', row?.client)?.name ?? '',
    sampleType: related.named('lims.sample-type', material?.sampleType)?.name ?? '',
  }
}

export function presentPool({ groups, total }: Pool): Pick<WirePool, 'items' | 'total'> {
  return {
    items: groups.map(({ request, client, sampleType, analyses }) => ({
      sample: {
        id: request.id,
        objectId: String(request.objectId),
        client,
        sampleType,
        dueDate: isoOf(request.dueDate),
      },
      analyses: analyses.map((row) => ({
        id: row.id,
        keyword: String(row.keyword),
        title: String(row.title),
        dueDate: isoOf(row.dueDate),
      })),
    })),
    total,
  }
}
