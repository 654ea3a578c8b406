import { type Context, inTransaction } from '../../context.ts'
import { hasPermission } from '../../core/actor.ts'
import type { RecordType } from '../../core/record.ts'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import { validateRecord } from '../../platform/records/validate-record.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { attachReferences } from '../records/attach-references.ts'
import { findRecords } from '../records/list-records.ts'
import { changedMeanwhile } from '../records/save-record.ts'
import { updateLiving } from './living.ts'
import { contact } from './records/contact.ts'
import { request } from './records/request.ts'
import { sample } from './records/sample.ts'
import { SAMPLE_FIELDS } from './registering/new-request.ts'

type Values = Readonly<Record<string, unknown>>

/** Facts of a request that people change; everything else changes by moves. */
export const CHANGEABLE_REQUEST_FIELDS = [
  'contact',
  'ccContact',
  'ccEmails',
  'batch',
  'subGroup',
  'priority',
  'clientOrderNumber',
  'defaultContainerType',
  'specification',
  'publicationSpecification',
  'resultsRange',
  'reportDryMatter',
  'invoiceExclude',
  'remarks',
  'memberDiscount',
  'resultsInterpretation',
  'resultsInterpretationDepts',
  'analysisServicesSettings',
  'template',
  'profiles',
] as const

const CHANGEABLE: Readonly<
  Record<string, { readonly fields: ReadonlySet<string>; readonly permissions: readonly string[] }>
> = {
  'lims.request': { fields: new Set(CHANGEABLE_REQUEST_FIELDS), permissions: ['lims.sample.change'] },
  'lims.sample': {
    fields: new Set([...SAMPLE_FIELDS, 'sampleType', 'linkedSample', 'remarks']),
    permissions: ['lims.sample.change', 'lims.sample.take', 'lims.sample.schedule'],
  },
  'lims.partition': {
    fields: new Set(['container', 'preservation', 'separate', 'retentionPeriod']),
    permissions: ['lims.sample.change', 'lims.sample.preserve'],
  },
  'lims.worksheet': {
    fields: new Set(['analyst', 'instrument', 'method', 'remarks', 'resultsLayout', 'template']),
    permissions: ['lims.worksheet.manage', 'lims.worksheet.change'],
  },
}

const ENDED: ReadonlySet<unknown> = new Set(['published', 'invalid', 'rejected'])

/**
 * Changes facts of a request and of its sample in one go; fields of the sample may be named as those of the request.
 *
 * @param version the version of the request that the caller read
 */
export async function changeRequest(
  ctx: Context,
  id: number,
  values: Values,
  version?: number,
): Promise<void> {
  const ofSample = new Set<string>([...SAMPLE_FIELDS, 'sampleType'])
  const [own, theirs] = split(values, (name) => ofSample.has(name))
  await inTransaction(ctx, async (tx) => {
    const row = await loadOne(tx, request, id)
    if (version !== undefined && version !== row.version) throw changedMeanwhile(request, row)
    if (Object.keys(theirs).length > 0) await changeLiving(tx, sample, Number(row.sample), theirs)
    if (Object.keys(own).length > 0 || Object.keys(theirs).length > 0)
      await changeLiving(tx, request, id, own)
  })
}

function split(values: Values, isTheirs: (name: string) => boolean): readonly [Values, Values] {
  const entries = Object.entries(values)
  return [
    Object.fromEntries(entries.filter(([name]) => !isTheirs(name))),
    Object.fromEntries(entries.filter(([name]) => isTheirs(name))),
  ]
}

async function loadOne(tx: Context, record: RecordType, id: number): Promise<AnyRow> {
  const [row] = await attachReferences(tx.db, record, await findRecords(tx, record, [id]))
  if (!row) throw new RefusedError({ kind: 'not-found', what: record.label.one.toLowerCase(), id })
  return row
}

/** Changes facts of a request, sample, partition or worksheet. @throws RefusedError `invalid-input` for fields that only moves change */
export async function changeLiving(
  ctx: Context,
  record: RecordType,
  id: number,
  values: Values,
): Promise<void> {
  const rules = CHANGEABLE[record.name]
  if (!rules)
    throw new RefusedError({
      kind: 'conflict',
      reason: `${record.label.many} are changed by their own actions.`,
    })
  if (!rules.permissions.some((permission) => hasPermission(ctx.actor, permission)))
    throw new RefusedError({
      kind: 'not-permitted',
      permission: rules.permissions[0] ?? 'lims.sample.change',
    })
  const wrong = Object.keys(values).find((name) => !rules.fields.has(name))
  if (wrong !== undefined) throw invalidInput(wrong, 'This cannot be set.')
  const checked = validateRecord(record, values, 'change')
  await inTransaction(ctx, async (tx) => {
    const before = await loadOne(tx, record, id)
    if (ENDED.has(before.state) || before.cancelled === true)
      throw new RefusedError({
        kind: 'conflict',
        reason: `You are not allowed to modify ${Object.keys(values).join(', ')} in state ${before.cancelled === true ? 'cancelled' : String(before.state)}`,
      })
    await requireTargets(tx, record, checked)
    if (record === request) await requireContacts(tx, before, checked)
    await updateLiving(tx, record, before, checked)
    await recordAudit(tx, {
      action: `${record.name}.change`,
      record: record.name,
      recordId: id,
      before: Object.fromEntries(Object.keys(checked).map((name) => [name, before[name]])),
      after: checked,
    })
  })
}

async function requireTargets(tx: Context, record: RecordType, values: Values): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const target = record.fields[name]?.target
    if (target === undefined || value === null) continue
    const ids = Array.isArray(value) ? [...new Set(value)] : [Number(value)]
    const found = await findRecords(tx, tx.catalogue.get(target), ids)
    if (found.length < ids.length) throw invalidInput(name, 'This names a record that does not exist.')
  }
}

async function requireContacts(tx: Context, before: AnyRow, values: Values): Promise<void> {
  const wanted = [values.contact, ...(Array.isArray(values.ccContact) ? values.ccContact : [])].filter(
    (id) => typeof id === 'number',
  )
  const people = await findRecords(tx, contact, [...new Set(wanted)])
  if (people.some((person) => person.client !== before.client))
    throw invalidInput('contact', 'The contact must belong to the client.')
}
