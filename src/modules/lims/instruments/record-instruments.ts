import type { Context } from '../../../context.ts'
import { type FieldProblem, RefusedError } from '../../../core/refusal.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { isUnfit } from '../domain/instrument-fitness.ts'
import type { ResultEntry } from '../enter-results.ts'
import { limsSettings } from '../lims-settings.ts'
import { instrumentStates } from './instrument-states.ts'

/**
 * The same entries, each that brings a result by an instrument with what the instrument was fit for now.
 *
 * @param rows the analyses before, by id
 * @throws RefusedError `invalid-input` for a routine result by an unfit instrument, where the laboratory refuses these;
 *   controls may be measured with it, since they show whether it is fit again
 */
export async function recordInstruments(
  ctx: Context,
  entries: readonly ResultEntry[],
  rows: ReadonlyMap<number, AnyRow>,
): Promise<readonly ResultEntry[]> {
  const used = new Map(
    entries.flatMap((entry) => {
      const id = usedBy(entry, rows.get(entry.id))
      return id === undefined ? [] : [[entry, id] as const]
    }),
  )
  if (used.size === 0) return entries
  const at = ctx.now()
  const [states, settings] = await Promise.all([
    instrumentStates(ctx, [...used.values()], at),
    limsSettings(ctx),
  ])
  const problems: FieldProblem[] = []
  const recorded = entries.map((entry) => {
    const state = states.get(used.get(entry) ?? 0)
    if (!state) return entry
    const isRoutine = rows.get(entry.id)?.kind === 'routine'
    if (isRoutine && isUnfit(state) && settings.instrumentProblem === 'block')
      problems.push({
        field: `${entry.id}.instrument`,
        problem: `This instrument is not fit for use: ${state.reasons[0]?.text ?? state.state}.`,
      })
    return { ...entry, instrumentState: { at: at.toISOString(), ...state } }
  })
  if (problems.length > 0) throw new RefusedError({ kind: 'invalid-input', problems })
  return recorded
}

/** The instrument of an entry that brings a new result or names another instrument. */
function usedBy(entry: ResultEntry, row: AnyRow | undefined): number | undefined {
  if (!row || entry.instrumentState !== undefined) return undefined
  const changesResult = entry.result !== undefined && entry.result !== '' && entry.result !== row.result
  const changesInstrument = entry.instrument !== undefined && entry.instrument !== row.instrument
  if (!changesResult && !changesInstrument) return undefined
  const id = entry.instrument === undefined ? row.instrument : entry.instrument
  return typeof id === 'number' ? id : undefined
}
