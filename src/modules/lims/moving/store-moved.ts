import type { Context } from '../../../context.ts'
import type { RecordType } from '../../../core/record.ts'
import { RefusedError } from '../../../core/refusal.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import type { Bench } from '../domain/workflow/bench.ts'
import { columnsOf } from '../living.ts'
import { analysis } from '../records/analysis.ts'
import { partition } from '../records/partition.ts'
import { request } from '../records/request.ts'
import { sample } from '../records/sample.ts'
import { worksheet } from '../records/worksheet.ts'
import { updateRows } from '../store/living-rows.ts'

type Entity = { readonly id: number; readonly state: string }
type Changes = Readonly<Record<string, unknown>>

/** What a field of the bench is called in the record, where the names differ. */
const FIELDS: Readonly<Record<string, string>> = {
  sampleId: 'sample',
  requestId: 'request',
  partitionId: 'partition',
  worksheetId: 'worksheet',
  originalId: 'original',
  retestOfId: 'retestOf',
  submittedById: 'submittedBy',
}

/** Stores what differs between the bench as it was read and as it is now; things with negative ids are not yet there. */
export async function storeMoved(
  tx: Context,
  before: Bench,
  after: Bench,
  action: string,
  reason: string | undefined,
): Promise<void> {
  await storeChanged(tx, sample, before.samples, after.samples, action, reason)
  await storeChanged(tx, partition, before.partitions, after.partitions, action, reason)
  await storeChanged(tx, request, before.requests, after.requests, action, reason)
  await storeChanged(tx, worksheet, before.worksheets, after.worksheets, action, reason)
  await storeChanged(tx, analysis, before.analyses, after.analyses, action, reason)
}

async function storeChanged(
  tx: Context,
  record: RecordType,
  before: ReadonlyMap<number, Entity>,
  after: ReadonlyMap<number, Entity>,
  action: string,
  reason: string | undefined,
): Promise<void> {
  const changed = [...after.values()].flatMap((entity) => {
    const old = before.get(entity.id)
    const changes = old === undefined || old === entity ? undefined : differences(old, entity)
    return old && changes && Object.keys(changes).length > 0 ? [{ old, changes }] : []
  })
  const groups = Map.groupBy(changed, ({ old, changes }) => JSON.stringify([old.state, changes]))
  for (const [first, ...rest] of groups.values()) {
    if (!first) continue
    const ids = [first, ...rest].map(({ old }) => old.id)
    const count = await updateRows(tx.db, record.table, ids, columnsOf(tx, record, first.changes), {
      state: first.old.state,
    })
    if (count !== ids.length)
      throw new RefusedError({
        kind: 'conflict',
        reason: `${record.label.many} were changed by someone else meanwhile.`,
      })
  }
  for (const { old, changes } of changed) {
    await recordAudit(tx, {
      action: `${record.name}.${action}`,
      record: record.name,
      recordId: old.id,
      before: only(old, changes),
      after: changes,
      reason,
    })
  }
}

function differences(before: Entity, after: Entity): Changes {
  const old = new Map(Object.entries(before))
  return Object.fromEntries(
    Object.entries(after).flatMap(([name, value]) =>
      DERIVED.has(name) || isUnborn(name, value) || isSame(old.get(name), value)
        ? []
        : [[FIELDS[name] ?? name, value]],
    ),
  )
}

/** Facts of the bench that follow from others. */
const DERIVED = new Set([
  'id',
  'needsPreservation',
  'interimsComplete',
  'attachmentMissing',
  'needs',
  'maxTimeAllowedS',
])

/** The worksheet is stored afterwards, and then named. */
function isUnborn(name: string, value: unknown): boolean {
  return name === 'worksheetId' && typeof value === 'number' && value < 0
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

function only(entity: Entity, changes: Changes): Changes {
  const values = new Map(Object.entries(entity).map(([name, value]) => [FIELDS[name] ?? name, value]))
  return Object.fromEntries(Object.keys(changes).map((name) => [name, values.get(name)]))
}
