import { type Context, inTransaction, requirePermission } from '../../../context.ts'
import { hasPermission } from '../../../core/actor.ts'
import { invalidInput } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { createRecord } from '../../records/save-record.ts'
import { fault } from '../records/fault.ts'
import { faultType } from '../records/fault-type.ts'
import { findFaultTypesByCode } from '../store/faults.ts'
import { addOwnedComment } from './comment-on.ts'

/** A fault as it is reported at the console: what the machine says, and a word about it. */
export type FaultReport = {
  readonly unit: number
  readonly modality?: number | null
  /** codes as the machine shows them; unknown ones become types if the reporter may add them */
  readonly codes: readonly string[]
  /** now unless given */
  readonly occurred?: Date
  readonly comment?: string
  readonly relatedServiceEvents?: readonly number[]
}

const MOST_CODES = 20

/** @throws RefusedError `invalid-input` on `codes` for one that nobody declared and the reporter may not add */
export async function reportFault(ctx: Context, report: FaultReport): Promise<AnyRow> {
  requirePermission(ctx, fault.permissions.add)
  const codes = [...new Set(report.codes.map((code) => code.trim()).filter((code) => code !== ''))]
  if (codes.length === 0) throw invalidInput('codes', 'Name at least one type.')
  if (codes.length > MOST_CODES) throw invalidInput('codes', `These are more than ${MOST_CODES}.`)
  return inTransaction(ctx, async (tx) => {
    const reported = await createRecord(tx, fault, {
      unit: report.unit,
      modality: report.modality ?? null,
      occurred: report.occurred ?? tx.now(),
      faultTypes: await typesOf(tx, codes),
      relatedServiceEvents: report.relatedServiceEvents ?? [],
    })
    if (report.comment !== undefined && report.comment.trim() !== '')
      await addOwnedComment(tx, { kind: 'fault', id: reported.id }, report.comment)
    return reported
  })
}

/** The types with these codes, ignoring case; those that are new are added. */
async function typesOf(tx: Context, codes: readonly string[]): Promise<readonly number[]> {
  const known = await findFaultTypesByCode(tx.db, codes)
  const ids: number[] = []
  const added = new Map<string, number>()
  for (const code of codes) {
    const id = known.get(code) ?? added.get(code.toLowerCase())
    if (id !== undefined) ids.push(id)
    else if (hasPermission(tx.actor, faultType.permissions.add)) {
      const made = await createRecord(tx, faultType, { code })
      added.set(code.toLowerCase(), made.id)
      ids.push(made.id)
    } else throw invalidInput('codes', `There is no fault type ${code}.`)
  }
  return [...new Set(ids)]
}
