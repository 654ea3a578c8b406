import { asSystem, type Context, inTransaction, requirePermission } from '../../context.ts'
import { actingUserId, hasPermission } from '../../core/actor.ts'
import { RefusedError } from '../../core/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { findRecords } from '../records/list-records.ts'
import { retireRecord } from '../records/retire-record.ts'
import type { MoveFacts, Target } from './domain/workflow/bench.ts'
import { findMove, type Machine } from './domain/workflow/machine.ts'
import { noSuchAction } from './domain/workflow/move-analysis.ts'
import { performMoves } from './domain/workflow/perform-move.ts'
import { BATCH_MACHINE, REFERENCE_SAMPLE_MACHINE } from './domain/workflow/tables.ts'
import { limsSettings } from './lims-settings.ts'
import { updateLiving } from './living.ts'
import { gatherBench } from './moving/gather-bench.ts'
import { type Born, storeBirths } from './moving/store-births.ts'
import { storeMoved } from './moving/store-moved.ts'
import { batch } from './records/batch.ts'
import { referenceSample } from './records/reference-sample.ts'
import { TransitionRefusedError } from './transition-refused.ts'

/** One object, as the record its row belongs to. */
export type ObjectRef = { readonly record: string; readonly id: number }

export type TransitionOptions = {
  readonly reason?: string | undefined
  /** reasons of a rejection */
  readonly reasons?: readonly string[]
}

const KIND_OF_RECORD: Readonly<Record<string, Target['kind']>> = {
  'lims.sample': 'sample',
  'lims.partition': 'partition',
  'lims.request': 'request',
  'lims.analysis': 'analysis',
  'lims.worksheet': 'worksheet',
}

/** The part of the workflows that an object has, if it has one of its own. */
export function workflowTarget({ record, id }: ObjectRef): Target | undefined {
  const kind = KIND_OF_RECORD[record]
  return kind && { kind, id }
}

/**
 * Moves objects through their workflows, with all that follows: all of them or, at the first refusal, none.
 *
 * @returns what came into being by it
 * @throws TransitionRefusedError naming the object, and why; RefusedError `not-found` outside the actor's scope
 */
export async function doTransition(
  ctx: Context,
  objects: readonly ObjectRef[],
  action: string,
  options: TransitionOptions = {},
): Promise<readonly Born[]> {
  requirePermission(ctx, 'lims.access')
  return inTransaction(ctx, async (tx) => {
    await requireVisible(tx, objects)
    const targets = objects.flatMap((object) => workflowTarget(object) ?? [])
    const born = targets.length > 0 ? await moveTargets(tx, targets, action, options) : []
    for (const object of objects)
      if (!workflowTarget(object)) await moveOther(tx, object, action, options.reason)
    return born
  })
}

async function requireVisible(tx: Context, objects: readonly ObjectRef[]): Promise<void> {
  for (const [name, group] of Map.groupBy(objects, ({ record }) => record)) {
    const ids = [...new Set(group.map(({ id }) => id))]
    const found = new Set((await findRecords(tx, tx.catalogue.get(name), ids)).map(({ id }) => id))
    const missing = ids.find((id) => !found.has(id))
    if (missing !== undefined)
      throw new RefusedError({
        kind: 'not-found',
        what: tx.catalogue.get(name).label.one.toLowerCase(),
        id: missing,
      })
  }
}

/** The rules and the person by which moves are judged now. */
export async function moveFacts(ctx: Context, options: TransitionOptions = {}): Promise<MoveFacts> {
  const settings = await limsSettings(ctx)
  const { actor } = ctx
  return {
    at: ctx.now(),
    actor: { id: actingUserId(actor), username: actor.kind === 'user' ? actor.username : actor.kind },
    can: (permission) => hasPermission(actor, permission),
    settings: {
      multiVerification: settings.typeOfmultiVerification,
      scheduleSampling: settings.scheduleSamplingEnabled,
      rejectionReasons: settings.rejectionReasons,
      retestKeepsResult: settings.retestKeepsResult,
      onlyAssignedSubmitted: settings.onlyAssignedSubmitted,
    },
    ...(options.reasons ? { reasons: options.reasons } : {}),
  }
}

/** Moves what has a workflow. Who may see it was asked before; who may move it is asked here. */
export async function moveTargets(
  tx: Context,
  targets: readonly Target[],
  action: string,
  options: TransitionOptions,
): Promise<readonly Born[]> {
  const facts = await moveFacts(tx, options)
  const bench = await gatherBench(tx, targets, 'change')
  const outcome = performMoves(bench, targets, action, facts)
  if (outcome.kind === 'refused') throw await refusalOf(tx, outcome.target, action, outcome.reason)
  // what follows in the samples of others is no business of the caller's scope
  const free = { ...asSystem(tx, 'workflow'), actor: tx.actor, origin: tx.origin }
  await storeMoved(free, bench, outcome.bench, action, options.reason ?? options.reasons?.join('; '))
  return storeBirths(free, bench, outcome.bench, outcome.births)
}

async function refusalOf(
  tx: Context,
  { kind, id }: Target,
  action: string,
  why: string,
): Promise<TransitionRefusedError> {
  const record = `lims.${kind}`
  const [row] = await findRecords(tx, tx.catalogue.get(record), [id])
  return new TransitionRefusedError(
    { record, id, path: String(row?.path), row: row ?? { id, version: 0 } },
    action,
    why,
  )
}

async function moveOther(
  tx: Context,
  object: ObjectRef,
  action: string,
  reason: string | undefined,
): Promise<void> {
  const record = tx.catalogue.get(object.record)
  const [row] = await findRecords(tx, record, [object.id])
  if (!row) throw new RefusedError({ kind: 'not-found', what: record.label.one, id: object.id })
  const refuse = (why = noSuchAction(action)) =>
    new TransitionRefusedError({ record: record.name, id: row.id, path: String(row.path), row }, action, why)
  if (action === 'activate' || action === 'deactivate') {
    const isRetired = row.retiredAt !== null
    if (!record.retirable || isRetired !== (action === 'activate')) throw refuse()
    await retireRecord(tx, record, row.id, action === 'activate' ? 'restore' : 'retire', reason)
    return
  }
  const changes = row.retiredAt ? undefined : changesOf(tx, record.name, row, action)
  if (!changes) throw refuse()
  await updateLiving(tx, record, row, changes)
  await recordAudit(tx, {
    action: `${record.name}.${action}`,
    record: record.name,
    recordId: row.id,
    before: { state: row.state },
    after: changes,
    reason,
  })
}

function changesOf(
  tx: Context,
  record: string,
  row: Readonly<Record<string, unknown>>,
  action: string,
): Readonly<Record<string, unknown>> | undefined {
  if (record === batch.name) {
    const mayCancel = hasPermission(tx.actor, batch.permissions.retire)
    if (action === 'cancel' || action === 'reinstate')
      return mayCancel && row.cancelled === (action === 'reinstate')
        ? { cancelled: action === 'cancel' }
        : undefined
    return row.cancelled ? undefined : stateAfter(tx, BATCH_MACHINE, row.state, action)
  }
  if (record !== referenceSample.name) return undefined
  const state = stateAfter(tx, REFERENCE_SAMPLE_MACHINE, row.state, action)
  return (
    state && { ...state, ...(action === 'expire' ? { dateExpired: tx.now() } : { dateDisposed: tx.now() }) }
  )
}

function stateAfter<S extends string>(
  tx: Context,
  machine: Machine<S>,
  state: unknown,
  action: string,
): { readonly state: S } | undefined {
  const current = machine.moves.flatMap(({ from }) => from).find((each) => each === state)
  const move = current && findMove(machine, action, current)
  return move &&
    move.to !== 'same' &&
    move.permissions.some((permission) => hasPermission(tx.actor, permission))
    ? { state: move.to }
    : undefined
}
