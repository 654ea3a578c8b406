import type { Context } from '../../context.ts'
import type { Block, Cell, PdfDocument, Row, SignatureLine } from '../../platform/pdf/pdf-document.ts'
import type { Status } from '../../platform/pdf/status-token.ts'
import { PASS_FAIL_LABELS, type PassFail } from '../machine-qa/domain/pass-fail.ts'
import { type DetailedResult, getSessionDetails, type SessionDetails } from '../machine-qa/session-details.ts'

const STATUS: Readonly<Record<PassFail, Status>> = {
  ok: { token: 'ok', word: PASS_FAIL_LABELS.ok },
  tolerance: { token: 'warn', word: PASS_FAIL_LABELS.tolerance },
  action: { token: 'act', word: PASS_FAIL_LABELS.action },
  no_tol: { token: 'none', word: 'No tolerance' },
  not_done: { token: 'todo', word: 'Not done' },
}

/** A session on paper: results with what they were compared with, comments, files, review and lines to sign on. */
export async function sessionDocument(ctx: Context, id: number): Promise<PdfDocument> {
  return describeSession(await getSessionDetails(ctx, id), { zone: ctx.zone, at: ctx.now() })
}

/** As {@link sessionDocument}, of details that were read already. */
export function describeSession(
  details: SessionDetails,
  { zone, at }: { readonly zone: string; readonly at: Date },
): PdfDocument {
  const { session, assignment, list } = details
  const write = clockOf(zone)
  const watermark = session.voidedAt ? 'VOID' : session.inProgress ? 'IN PROGRESS' : undefined
  return {
    title: list?.name ?? assignment.name,
    subtitle: `${assignment.unit.name} · ${write(session.workCompleted)}`,
    documentId: `Session ${session.id}`,
    generatedAt: at,
    zone,
    locale: 'en',
    status: overall(details),
    ...(watermark === undefined ? {} : { watermark }),
    blocks: [
      headerFacts(details, write),
      ...voidNote(details, write),
      resultTable(details),
      ...commentBlocks(details, write),
      ...fileBlocks(details),
      signatures(details, write),
    ],
  }
}

type Write = (at: Date) => string

function clockOf(zone: string): Write {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return (at) => format.format(at)
}

/** The worst of its results decides what a session is called. */
function overall({ session, results }: SessionDetails): Status {
  if (session.voidedAt) return { token: 'void', word: 'Void' }
  if (session.inProgress) return { token: 'todo', word: 'In progress' }
  const found = new Set(results.map(({ passFail }) => passFail))
  const worst = (['action', 'tolerance', 'ok', 'no_tol'] as const).find((each) => found.has(each))
  return STATUS[worst ?? 'not_done']
}

function headerFacts({ session, assignment, people }: SessionDetails, write: Write): Block {
  const nameOf = (id: number | null): Cell => (id === null ? null : (people.get(id)?.fullName ?? null))
  const reviewed = session.reviewed ? write(session.reviewed) : 'Not reviewed'
  return {
    kind: 'facts',
    columns: 2,
    items: [
      { label: 'Unit', value: `${assignment.unit.number} · ${assignment.unit.name}` },
      { label: 'Frequency', value: assignment.frequency?.name ?? 'Ad hoc' },
      { label: 'Performed by', value: nameOf(session.createdById) },
      { label: 'Work started', value: write(session.workStarted) },
      { label: 'Work completed', value: write(session.workCompleted) },
      { label: 'Due', value: session.dueDate ? write(session.dueDate) : null },
      { label: 'Reviewed', value: reviewed },
      { label: 'Reviewed by', value: nameOf(session.reviewedById) },
    ],
  }
}

function voidNote({ session, people }: SessionDetails, write: Write): Block[] {
  if (!session.voidedAt) return []
  const by = people.get(session.voidedById ?? 0)?.fullName
  const who = by === undefined ? '' : ` by ${by}`
  const text = `Voided ${write(session.voidedAt)}${who}: ${session.voidReason ?? ''}`
  return [{ kind: 'status', status: { token: 'void', word: 'Void' }, text }]
}

function resultTable({ results, sublists }: SessionDetails): Block {
  const groups: { title: string; rows: Row[]; sublist: number | null }[] = []
  for (const result of results) {
    const sublist = result.sublist?.id ?? null
    const last = groups.at(-1)
    if (last?.sublist === sublist) last.rows.push(resultRow(result))
    else {
      const title = sublist === null ? 'Tests' : (sublists.get(sublist)?.name ?? 'Sublist')
      groups.push({ title, sublist, rows: [resultRow(result)] })
    }
  }
  const columns = [
    { title: 'Test', width: 'fill' },
    { title: 'Value', align: 'end', width: 'fit' },
    { title: 'Reference', align: 'end', width: 'fit' },
    { title: 'Tolerance', width: 'fill' },
    { title: 'Difference', align: 'end', width: 'fit' },
    { title: 'Status', width: 'fit' },
  ] as const
  const [only] = groups
  if (groups.length > 1) return { kind: 'table', columns, groups }
  return { kind: 'table', columns, rows: only?.rows ?? [], whenEmpty: 'No tests' }
}

function resultRow(result: DetailedResult): Row {
  const { test, page, attachments, valueDisplay, referenceDisplay, tolerance, diffDisplay } = result
  // the display of an upload is a link for browsers
  const value =
    test.type === 'upload' && !result.skipped
      ? attachments.map(({ label }) => label).join(', ')
      : valueDisplay
  const status = result.skipped ? ({ token: 'none', word: 'Skipped' } as const) : STATUS[result.passFail]
  return {
    cells: [
      page?.displayName ?? test.name,
      value,
      referenceDisplay || null,
      tolerance?.name ?? null,
      diffDisplay || null,
      { status },
    ],
    ...(result.comment === '' ? {} : { note: `Comment: ${result.comment}` }),
  }
}

function commentBlocks({ comments, people }: SessionDetails, write: Write): Block[] {
  if (comments.length === 0) return []
  const items = comments.map(({ submitDate, userId, comment }) => {
    const by = people.get(userId ?? 0)?.fullName ?? 'Unknown'
    return [{ text: `${by}, ${write(submitDate)}: `, bold: true }, comment]
  })
  return [
    { kind: 'heading', level: 2, text: 'Comments' },
    { kind: 'list', items },
  ]
}

function fileBlocks({ attachments }: SessionDetails): Block[] {
  if (attachments.length === 0) return []
  return [
    { kind: 'heading', level: 2, text: 'Files' },
    { kind: 'list', items: attachments.map(({ label }) => label) },
  ]
}

function signatures({ session, people }: SessionDetails, write: Write): Block {
  const line = (role: string, id: number | null, at: Date | null): SignatureLine => {
    const name = people.get(id ?? 0)?.fullName
    return name === undefined || at === null ? { role } : { role, name, at: write(at) }
  }
  return {
    kind: 'signatures',
    lines: [
      line('Performed', session.createdById, session.workCompleted),
      line('Reviewed', session.reviewedById, session.reviewed),
    ],
  }
}
