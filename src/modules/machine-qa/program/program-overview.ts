import type { Context } from '../../../context.ts'
import type { DueStatus } from '../domain/due-status.ts'
import { findFrequencyOrder } from '../store/program.ts'
import type { Named, WorkItem } from '../store/work-list.ts'
import { findProgram, type ProgramFilter } from './program-filter.ts'

/** What is to be done on a unit with one frequency. */
export type ProgramCell = {
  readonly unitId: number
  /** null for work without a frequency */
  readonly frequencyId: number | null
  readonly items: readonly WorkItem[]
}

export type ProgramOverview = {
  readonly units: readonly (Named & { readonly number: number; readonly site: Named | null })[]
  /** what is due most often first, work without a frequency last */
  readonly frequencies: readonly (Named | null)[]
  readonly cells: readonly ProgramCell[]
  readonly counts: Readonly<Record<DueStatus, number>>
}

/** Every unit with what is due, done and overdue on it, by frequency. */
export async function programOverview(ctx: Context, filter: ProgramFilter = {}): Promise<ProgramOverview> {
  const items = await findProgram(ctx, filter)
  const order = await findFrequencyOrder(ctx.inTransaction ? ctx.db : ctx.database.reader)
  const placeOf = (frequency: Named | null): number =>
    frequency === null ? order.length : order.indexOf(frequency.id)
  const units = new Map(items.map(({ unit, site }) => [unit.id, { ...unit, site }]))
  const frequencies = new Map(items.map(({ frequency }) => [frequency?.id ?? null, frequency]))
  const counts = { no_tol: 0, ok: 0, tolerance: 0, action: 0 }
  for (const { dueStatus } of items) counts[dueStatus] += 1
  const cells = Map.groupBy(items, ({ unit, frequency }) => `${unit.id}/${frequency?.id ?? ''}`)
  return {
    units: [...units.values()],
    frequencies: [...frequencies.values()]
      .map((frequency) => frequency && { id: frequency.id, name: frequency.name })
      .toSorted((left, right) => placeOf(left) - placeOf(right)),
    cells: [...cells.values()].flatMap((inCell) => {
      const [first] = inCell
      return first ? [{ unitId: first.unit.id, frequencyId: first.frequency?.id ?? null, items: inCell }] : []
    }),
    counts,
  }
}
