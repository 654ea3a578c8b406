import { type Field, isStored, queryFields, type RecordType } from '../../core/record.ts'

/** All declared records, by name; references are checked when it is made. */
export type Catalogue = {
  readonly records: readonly RecordType[]
  /** @throws Error for a name that no record has: a defect, not a refusal */
  get(name: string): RecordType
  find(name: string): RecordType | undefined
  /** records whose reference fields point at the named one, with the field that does */
  referring(name: string): readonly { readonly record: RecordType; readonly field: string }[]
}

/**
 * @throws Error naming every contradiction among the declarations
 */
export function createCatalogue(records: readonly RecordType[]): Catalogue {
  const byName = new Map(records.map((record) => [record.name, record]))
  const problems = [
    ...repeated(records.map((record) => record.name)).map((name) => `${name} is declared twice`),
    ...repeated(records.map((record) => `${record.module}/${record.path}`)).map(
      (path) => `two records have the address ${path}`,
    ),
    ...records.flatMap((record) => problemsOf(record, byName)),
  ]
  if (problems.length > 0) throw new Error(`The records contradict one another:\n${problems.join('\n')}`)
  const references = records.flatMap(referencesFrom)
  const referring = Map.groupBy(references, (reference) => reference.target)
  return {
    records,
    find: (name) => byName.get(name),
    get: (name) => {
      const record = byName.get(name)
      if (!record) throw new Error(`no record is called ${name}`)
      return record
    },
    referring: (name) => referring.get(name) ?? [],
  }
}

function repeated(words: readonly string[]): string[] {
  return words.filter((word, index) => words.indexOf(word) !== index)
}

function referencesFrom(record: RecordType): { target: string; record: RecordType; field: string }[] {
  return Object.entries(queryFields(record)).flatMap(([field, { kind, target }]) =>
    target !== undefined && kind !== 'inverse' ? [{ target, record, field }] : [],
  )
}

function problemsOf(record: RecordType, byName: ReadonlyMap<string, RecordType>): string[] {
  const problems: string[] = []
  const fields = queryFields(record)
  for (const [name, field] of Object.entries(fields)) {
    const problem = problemOfField(field, byName)
    if (problem) problems.push(`${record.name}.${name} ${problem}`)
  }
  for (const name of record.order) {
    const field = ownField(fields, name.replace(/^-/, ''))
    if (!field || !isStored(field)) problems.push(`${record.name} is ordered by ${name}, which is no column`)
  }
  for (const name of record.listFields) {
    if (!ownField(fields, name)) problems.push(`${record.name} lists ${name}, which is no field`)
  }
  return problems
}

function problemOfField(
  { kind, target, via }: Field,
  byName: ReadonlyMap<string, RecordType>,
): string | undefined {
  if (kind !== 'reference' && kind !== 'references' && kind !== 'inverse') return undefined
  const other = byName.get(target ?? '')
  if (!other) return `refers to ${target}, which is not declared`
  if (kind !== 'inverse') return undefined
  const back = ownField(queryFields(other), via ?? '')
  return back && (back.kind === 'reference' || back.kind === 'references')
    ? undefined
    : `comes back via ${via}, which is no reference`
}

/** A field by name, blind to what objects inherit (`constructor`, `__proto__`). */
export function ownField(fields: Readonly<Record<string, Field>>, name: string): Field | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}
