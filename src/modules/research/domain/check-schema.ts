import { dimensionName, parseUnit, sameDimension } from '../../../core/quantity/unit.ts'
import { canonicalJson } from './canonical-json.ts'
import { fieldsOfCondition, readCondition } from './condition.ts'
import { typeOfExpression } from './expression/check-expression.ts'
import { parseExpression } from './expression/parse-expression.ts'
import { ExpressionError } from './expression/tokens.ts'
import { FIELD_KINDS, isFieldKind } from './field-kind.ts'
import { fieldTypesOf, rulesOfSchema } from './info-rules.ts'
import { isJsonObject, isShallow, type JsonObject, member, textsOf } from './json-value.ts'
import { patternProblem } from './safe-pattern.ts'
import { fieldsOfSchema, flattenFields, followReference, type SchemaField, typesOf } from './schema-fields.ts'

/** What keeps a schema from being published; `path` is a JSON pointer into it. */
export type SchemaProblem = { readonly path: string; readonly problem: string }

const MOST_FIELDS = 300
const DEEPEST_FIELD = 5
const LARGEST = 256 * 1024
const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]{0,62}$/

const KEYWORDS = new Set(
  (
    '$schema $id $ref $defs type enum const properties required additionalProperties items minItems maxItems ' +
    'uniqueItems minLength maxLength pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf ' +
    'title description default examples deprecated readOnly'
  ).split(' '),
)
const FORMATS = new Set(['date', 'time', 'date-time', 'email', 'uri', 'uuid'])
const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'])
const COUNTS = ['minItems', 'maxItems', 'minLength', 'maxLength']
const NUMBERS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']

/** Everything that is wrong with a schema; an empty list means that it can be published. */
export function checkSchema(schema: unknown): readonly SchemaProblem[] {
  if (!isJsonObject(schema)) return [{ path: '', problem: 'A schema is a JSON object.' }]
  if (!isShallow(schema, 40)) return [{ path: '', problem: 'The schema is nested too deep.' }]
  if (canonicalJson(schema).length > LARGEST)
    return [{ path: '', problem: 'A schema may have 256 KiB at most.' }]
  const problems: SchemaProblem[] = []
  if (member(schema, 'type') !== 'object')
    problems.push({ path: '/type', problem: 'The root must be of type object.' })
  if (!isJsonObject(member(schema, 'properties')))
    problems.push({ path: '/properties', problem: 'Fields are missing.' })
  problems.push(...problemsOfNode(schema, schema, '', 0))
  if (problems.length > 0) return problems
  const fields = fieldsOfSchema(schema)
  const flat = flattenFields(fields)
  if (flat.length > MOST_FIELDS)
    problems.push({ path: '', problem: `A schema may have ${MOST_FIELDS} fields at most.` })
  return [
    ...problems,
    ...repeatedUids(flat),
    ...flat.flatMap(problemsOfField),
    ...problemsOfConditions(fields),
    ...problemsOfFormulas(schema, fields),
  ]
}

function problemsOfNode(
  root: JsonObject,
  schema: unknown,
  path: string,
  depth: number,
): readonly SchemaProblem[] {
  if (!isJsonObject(schema)) return [{ path, problem: 'This must be a JSON object.' }]
  if (depth > DEEPEST_FIELD) return [{ path, problem: `Fields may be nested ${DEEPEST_FIELD} deep at most.` }]
  const unknown = Object.keys(schema).filter((word) => !KEYWORDS.has(word) && !word.startsWith('x-ts-'))
  return [
    ...unknown.map((word) => ({ path: `${path}/${word}`, problem: `The keyword ${word} is not used here.` })),
    ...problemsOfValues(schema, path),
    ...problemsOfReferenceTo(root, schema, path),
    ...problemsOfProperties(root, schema, path, depth),
    ...(member(schema, 'items') === undefined
      ? []
      : problemsOfNode(root, member(schema, 'items'), `${path}/items`, depth + 1)),
    ...problemsOfDefinitions(root, schema, path, depth),
  ]
}

function problemsOfDefinitions(
  root: JsonObject,
  schema: JsonObject,
  path: string,
  depth: number,
): readonly SchemaProblem[] {
  const definitions = member(schema, '$defs')
  if (definitions === undefined) return []
  if (depth > 0 || !isJsonObject(definitions))
    return [{ path: `${path}/$defs`, problem: 'Definitions stand at the root.' }]
  return Object.entries(definitions).flatMap(([name, inner]) => [
    ...(isJsonObject(inner) && JSON.stringify(inner).includes('"$ref"')
      ? [{ path: `/$defs/${name}`, problem: 'A definition refers to no other.' }]
      : problemsOfNode(root, inner, `/$defs/${name}`, 1)),
  ])
}

function problemsOfProperties(
  root: JsonObject,
  schema: JsonObject,
  path: string,
  depth: number,
): readonly SchemaProblem[] {
  const properties = member(schema, 'properties')
  const required = member(schema, 'required')
  const found: SchemaProblem[] = []
  if (required !== undefined && (!Array.isArray(required) || textsOf(required).length !== required.length))
    found.push({ path: `${path}/required`, problem: 'This must be a list of names.' })
  if (properties === undefined) return found
  if (!isJsonObject(properties))
    return [...found, { path: `${path}/properties`, problem: 'This must be a JSON object.' }]
  for (const name of textsOf(required)) {
    if (!Object.hasOwn(properties, name))
      found.push({ path: `${path}/required`, problem: `There is no field ${name}.` })
  }
  for (const [name, inner] of Object.entries(properties)) {
    const place = `${path}/properties/${name}`
    if (!FIELD_NAME.test(name))
      found.push({ path: place, problem: 'A name begins with a letter and has letters, digits and _ only.' })
    found.push(...problemsOfNode(root, inner, place, depth + 1))
  }
  return found
}

function problemsOfReferenceTo(root: JsonObject, schema: JsonObject, path: string): readonly SchemaProblem[] {
  if (member(schema, '$ref') === undefined) return []
  return followReference(root, schema)
    ? []
    : [{ path: `${path}/$ref`, problem: 'This must name a definition of this schema: #/$defs/…' }]
}

type KeywordCheck = (value: unknown, schema: JsonObject) => string | undefined

/** What keywords may hold; a check sees the keyword only where it stands. */
const KEYWORD_CHECKS: Readonly<Record<string, KeywordCheck>> = {
  type: (value, schema) => {
    const types = typesOf(schema)
    const known =
      types.length > 0 && types.length === [value].flat().length && types.every((each) => TYPES.has(each))
    return known ? undefined : 'This is no type of JSON.'
  },
  multipleOf: (value) => (typeof value === 'number' && value > 0 ? undefined : 'This must be more than 0.'),
  format: (value) =>
    FORMATS.has(String(value)) ? undefined : `This must be one of ${[...FORMATS].join(', ')}.`,
  pattern: (value) => {
    const wrong = typeof value === 'string' ? patternProblem(value) : 'must be text'
    return wrong === undefined ? undefined : `A pattern ${wrong}.`
  },
  enum: (value) =>
    Array.isArray(value) && value.length > 0 && value.length <= 1000
      ? undefined
      : 'This must be a list of 1 to 1000 choices.',
  additionalProperties: (value) => (typeof value === 'boolean' ? undefined : 'This must be true or false.'),
  uniqueItems: (value) => (typeof value === 'boolean' ? undefined : 'This must be true or false.'),
  'x-ts-kind': (value) => (isFieldKind(value) ? undefined : `There is no kind ${String(value)}.`),
  ...Object.fromEntries(
    COUNTS.map((word): [string, KeywordCheck] => [
      word,
      (value) =>
        Number.isSafeInteger(value) && Number(value) >= 0
          ? undefined
          : 'This must be a whole number of at least 0.',
    ]),
  ),
  ...Object.fromEntries(
    NUMBERS.map((word): [string, KeywordCheck] => [
      word,
      (value) => (Number.isFinite(value) ? undefined : 'This must be a number.'),
    ]),
  ),
}

function problemsOfValues(schema: JsonObject, path: string): readonly SchemaProblem[] {
  return Object.entries(KEYWORD_CHECKS).flatMap(([word, check]) => {
    const value = member(schema, word)
    const problem = value === undefined ? undefined : check(value, schema)
    return problem === undefined ? [] : [{ path: `${path}/${word}`, problem }]
  })
}

function repeatedUids(fields: readonly SchemaField[]): readonly SchemaProblem[] {
  const byUid = Map.groupBy(fields, ({ uid }) => uid)
  return [...byUid].flatMap(([uid, [, second]]) =>
    second ? [{ path: placeOf(second), problem: `Another field has the identity ${uid} too.` }] : [],
  )
}

function placeOf({ path }: SchemaField): string {
  return `/properties/${path.replaceAll('[].', '/items/properties/').replaceAll('.', '/properties/')}`
}

function problemsOfField(field: SchemaField): readonly SchemaProblem[] {
  const own = typesOf(field.schema).filter((type) => type !== 'null')
  const allowed: readonly string[] = FIELD_KINDS[field.kind].types
  const isMeasured = field.kind === 'quantity' || field.kind === 'duration'
  const hasChoices = field.choices.length > 0 || field.vocabulary !== undefined
  const said = [
    own.length === 0 || own.some((type) => !allowed.includes(type))
      ? `A field of the kind ${field.kind} is of type ${allowed.join(' or ')}.`
      : undefined,
    isMeasured && field.units.length === 0 ? 'A quantity needs a unit.' : undefined,
    field.kind === 'choice' && !hasChoices ? 'A choice needs choices or a controlled list.' : undefined,
    ...problemsOfUnits(field.units),
    ...field.limits.map(({ name, lower, upper }) =>
      lower === undefined && upper === undefined ? `The limits ${name} limit nothing.` : undefined,
    ),
  ]
  return said.flatMap((problem) => (problem === undefined ? [] : [{ path: placeOf(field), problem }]))
}

function problemsOfUnits(codes: readonly string[]): readonly string[] {
  const [first] = codes.map((code) => parseUnit(code))
  return codes.flatMap((code) => {
    const unit = parseUnit(code)
    if (!unit) return [`There is no unit ${code}.`]
    if (!first || sameDimension(unit.dimension, first.dimension)) return []
    return [`${code} does not measure ${dimensionName(first.dimension)} as ${first.code} does.`]
  })
}

function problemsOfConditions(fields: readonly SchemaField[]): readonly SchemaProblem[] {
  const names = new Set(fields.map(({ name }) => name))
  return fields.flatMap((field) => {
    const inner = problemsOfConditions(field.fields)
    if (field.when === undefined) return inner
    const condition = readCondition(field.when)
    const place = `${placeOf(field)}/x-ts-when`
    if (!condition) return [...inner, { path: place, problem: 'This is no condition.' }]
    const strangers = fieldsOfCondition(condition).filter((name) => !names.has(name) || name === field.name)
    return [
      ...inner,
      ...strangers.map((name) => ({ path: place, problem: `${name} is no other field beside this one.` })),
    ]
  })
}

function problemsOfFormulas(schema: JsonObject, fields: readonly SchemaField[]): readonly SchemaProblem[] {
  const types = fieldTypesOf(fields)
  const rules = rulesOfSchema(schema).map((rule, index) => ({
    path: `/x-ts-rules/${index}`,
    text: rule.expression,
    wanted: 'truth',
  }))
  const formulas = flattenFields(fields).flatMap((field) =>
    field.calculation === undefined
      ? []
      : [{ path: `${placeOf(field)}/x-ts-calc`, text: field.calculation, wanted: 'number' }],
  )
  return [...rules, ...formulas].flatMap(({ path, text, wanted }) => {
    try {
      const type = typeOfExpression(parseExpression(text), types)
      if (type.kind === wanted) return []
      return [
        {
          path,
          problem: wanted === 'truth' ? 'A rule must be true or false.' : 'A formula must give a number.',
        },
      ]
    } catch (error) {
      if (error instanceof ExpressionError) return [{ path, problem: error.message }]
      throw error
    }
  })
}
