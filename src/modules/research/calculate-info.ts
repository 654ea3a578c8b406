import { fromCanonical } from '../../core/quantity/convert.ts'
import { parseUnit } from '../../core/quantity/unit.ts'
import { evaluateExpression, standardUncertaintyOf } from './domain/expression/evaluate-expression.ts'
import { parseExpression } from './domain/expression/parse-expression.ts'
import { fieldValuesOf } from './domain/info-rules.ts'
import type { JsonObject } from './domain/json-value.ts'
import type { SchemaField } from './domain/schema-fields.ts'

/** Fills in what follows from other fields; where an input is missing, the result is absent. */
export function calculateInfo(fields: readonly SchemaField[], info: JsonObject): JsonObject {
  let filled = info
  for (const field of fields) {
    if (field.calculation === undefined) continue
    const result = evaluateExpression(parseExpression(field.calculation), fieldValuesOf(fields, filled))
    const { [field.name]: _old, ...rest } = filled
    filled = typeof result === 'object' ? { ...rest, [field.name]: inUnitOf(field, result) } : rest
  }
  return filled
}

type Result = Parameters<typeof standardUncertaintyOf>[0]

function inUnitOf(field: SchemaField, result: Result): unknown {
  const code = field.units[0] ?? '1'
  const unit = parseUnit(code)
  if (!unit) return undefined
  // twelve digits: more would only show how a computer rounds
  const value = Number(fromCanonical(result.value, unit).toPrecision(12))
  if (field.kind !== 'quantity') return value
  const u = standardUncertaintyOf(result)
  const scale = unit.scale.kind === 'arbitrary' ? 1 : unit.scale.factor
  return {
    value,
    unit: code,
    calc: true,
    ...(u === 0 ? {} : { u: { value: Number((u / scale).toPrecision(3)), type: 'standard' } }),
  }
}
