import type { ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type FieldChecks, problemsOfFields } from './check-fields.ts'
import { compileCondition, holds, readCondition } from './condition.ts'
import { evaluateExpression } from './expression/evaluate-expression.ts'
import { parseExpression } from './expression/parse-expression.ts'
import type { InfoProblem, InfoValidation } from './info-problem.ts'
import { fieldValuesOf, rulesOfSchema } from './info-rules.ts'
import { isJsonObject, type JsonObject } from './json-value.ts'
import { safePattern } from './safe-pattern.ts'
import { fieldsOfSchema, flattenFields, type SchemaField } from './schema-fields.ts'
import { standardProblem } from './standard-problem.ts'

/** A schema made ready to check any number of documents. */
export type InfoValidator = {
  readonly fields: readonly SchemaField[]
  /** `checks` knows what stands in the database: terms of controlled lists, things that are referred to */
  validate(info: JsonObject, checks?: FieldChecks): InfoValidation
}

const known = new WeakMap<JsonObject, InfoValidator>()

/**
 * Makes a schema ready, once. It must be one that {@link checkSchema} takes.
 *
 * @throws Error for a schema that is no JSON Schema
 */
export function infoValidator(schema: JsonObject): InfoValidator {
  const found = known.get(schema)
  if (found) return found
  const fields = fieldsOfSchema(schema)
  const order = new Map(flattenFields(fields).map(({ path }, index) => [path, index]))
  const standard = compileStandard(schema)
  const rules = rulesOfSchema(schema).map((rule) => ({ ...rule, tree: parseExpression(rule.expression) }))
  const validator: InfoValidator = {
    fields,
    validate: (given, checks) => {
      // what an earlier version had is kept with the document and follows no rule of this one
      const { _retired, ...living } = given
      const info = withoutHidden(fields, living)
      standard(info)
      const found = (standard.errors ?? []).flatMap((error) => standardProblem(fields, info, error))
      const values = fieldValuesOf(fields, info)
      const broken = rules.flatMap((rule): InfoProblem[] =>
        evaluateExpression(rule.tree, values) === false
          ? [
              {
                path: rule.field === undefined ? '' : `/${rule.field.replaceAll('.', '/')}`,
                code: 'rule',
                level: rule.level,
                message: rule.message,
                params: { id: rule.id },
              },
            ]
          : [],
      )
      const all = sorted([...unique(found), ...problemsOfFields(fields, info, checks), ...broken], order)
      const errors = all.filter(({ level }) => level === 'error')
      return { valid: errors.length === 0, errors, warnings: all.filter(({ level }) => level !== 'error') }
    },
  }
  known.set(schema, validator)
  return validator
}

/** JSON Schema 2020-12, with the keywords that conditions compile to. */
function compileStandard(schema: JsonObject): ValidateFunction {
  const engine = new Ajv2020({
    allErrors: true,
    strict: false,
    verbose: true,
    validateSchema: false,
    addUsedSchema: false,
    code: { regExp: Object.assign((pattern: string) => safePattern(pattern), { code: 'safePattern' }) },
  })
  addFormats.default(engine, ['date', 'date-time', 'email', 'uri', 'uuid'])
  engine.addFormat('time', /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?$/)
  const { $id: _id, ...rest } = standardSchema(schema)
  return engine.compile(rest)
}

/**
 * The schema as a validator of others reads it: a conditional field is required only where its condition holds.
 */
export function standardSchema(schema: JsonObject): JsonObject {
  const required = new Set(Array.isArray(schema.required) ? schema.required : [])
  const conditional = fieldsOfSchema(schema).flatMap((field) => {
    const condition = required.has(field.name) ? readCondition(field.when) : undefined
    return condition ? [{ name: field.name, condition }] : []
  })
  if (conditional.length === 0) return schema
  return {
    ...schema,
    required: [...required].filter((name) => !conditional.some((field) => field.name === name)),
    allOf: conditional.map(({ name, condition }) => ({
      if: compileCondition(condition),
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { required: [name] },
    })),
  }
}

/** Without the fields whose condition does not hold: they keep no value. */
export function withoutHidden(fields: readonly SchemaField[], info: JsonObject): JsonObject {
  const hidden = new Set(
    fields.flatMap((field) => {
      const condition = readCondition(field.when)
      return condition && !holds(condition, info) ? [field.name] : []
    }),
  )
  const groups = new Map(fields.filter(({ kind }) => kind === 'group').map((field) => [field.name, field]))
  if (hidden.size === 0 && groups.size === 0) return info
  return Object.fromEntries(
    Object.entries(info)
      .filter(([name]) => !hidden.has(name))
      .map(([name, value]) => {
        const group = groups.get(name)
        return [name, group && isJsonObject(value) ? withoutHidden(group.fields, value) : value]
      }),
  )
}

/** One place may break several keywords that say the same to people. */
function unique(problems: readonly InfoProblem[]): readonly InfoProblem[] {
  const byPlace = new Map(problems.map((problem) => [`${problem.path} ${problem.message}`, problem]))
  return [...byPlace.values()]
}

function sorted(
  problems: readonly InfoProblem[],
  order: ReadonlyMap<string, number>,
): readonly InfoProblem[] {
  const place = ({ path }: InfoProblem): number =>
    order.get(
      path
        .slice(1)
        .replaceAll(/\/\d+(?=\/|$)/g, '[]')
        .replaceAll('/', '.'),
    ) ?? order.size
  return problems.toSorted((a, b) => place(a) - place(b))
}
