import type { Context, RecordHook, RecordHooks } from '../../context.ts'
import type { RecordType } from '../../core/record.ts'
import { invalidInput } from '../../core/refusal.ts'
import type { CalculationEngine } from '../calculations/engine.ts'
import { toPython } from './domain/formula.ts'
import { objectHook } from './object-hook.ts'
import { limsRecords } from './records/all.ts'
import { calculation } from './records/calculation.ts'
import { checkUse, setupChecks } from './setup-checks.ts'

/** What the laboratory adds to the generic verbs of its records. */
export function limsHooks(calculations: Pick<CalculationEngine, 'check'>): RecordHooks {
  return new Map(
    limsRecords
      .filter(({ writer }) => writer === 'generic')
      .map((record) => [
        record.name,
        { ...hookOf(record), ...(record === calculation ? { check: syntaxCheck(calculations) } : {}) },
      ]),
  )
}

/** The hook of one record: its checks, and its place among the objects. */
function hookOf(record: RecordType): RecordHook {
  const place = objectHook(record)
  const check = setupChecks(record)
  return {
    beforeSave: async (tx, values, before) => {
      const checked = check ? await check(tx, values, before) : values
      return (await place.beforeSave?.(tx, checked, before)) ?? { ...checked }
    },
    afterSave: async (tx, after, before) => {
      await place.afterSave?.(tx, after, before)
      if (after && before) await checkUse(tx, record, after, before)
    },
  }
}

/** The same request, in which the next object of a record brings its own identifier. */
export function withObjectId(ctx: Context, record: RecordType, id: string): Context {
  const hook = ctx.recordHooks.get(record.name)
  const place = objectHook(record, id)
  const check = setupChecks(record)
  const named: RecordHook = {
    ...hook,
    beforeSave: async (tx, values, before) =>
      (await place.beforeSave?.(tx, check ? await check(tx, values, before) : values, before)) ?? {
        ...values,
      },
  }
  return { ...ctx, recordHooks: new Map([...ctx.recordHooks, [record.name, named]]) }
}

function syntaxCheck(calculations: Pick<CalculationEngine, 'check'>): NonNullable<RecordHook['check']> {
  return async (_ctx, { formula }) => {
    if (typeof formula !== 'string') return
    const [problem] = await calculations.check({
      macro: 'result',
      source: toPython(formula),
      language: 'formula',
    })
    if (problem) throw invalidInput('formula', `Validation failed: ${problem.message}`)
  }
}
