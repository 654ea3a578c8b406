export type EntityAttributeType =
  | 'text'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'float'
  | 'integer'
  | 'integer_percentage'
  | 'status'

export type EntityAttribute = {
  readonly key: string
  readonly name: string
  readonly type: EntityAttributeType
  /** key of the attribute that holds the address to which this one links */
  readonly url?: string
  readonly visible: boolean
}

/** What a source finds for a metric: one thing that is counted, such as an issue or a test. */
export type EntityType = {
  readonly name: string
  readonly namePlural: string
  readonly attributes: readonly EntityAttribute[]
  /** key of the attribute that is summed instead of counting the entities */
  readonly measured: string | null
}

const TYPES: Readonly<Record<string, EntityAttributeType>> = {
  int: 'integer',
  'int%': 'integer_percentage',
  float: 'float',
  date: 'date',
  datetime: 'datetime',
  bool: 'boolean',
  status: 'status',
}

/**
 * Reads `name→url, points:float =, hidden:int (hidden)`: attributes in order, what they link to, their type when they
 * are no text, `=` for the one that is summed.
 *
 * @throws Error for a type that there is not: a defect of the declaration
 */
export function entityType(name: string, declared: string): EntityType {
  const attributes = declared.split(', ').map(attributeOf)
  return {
    name,
    namePlural: pluralOf(name),
    attributes: attributes.map(({ attribute }) => attribute),
    measured: attributes.find(({ isMeasured }) => isMeasured)?.attribute.key ?? null,
  }
}

function attributeOf(text: string): { readonly attribute: EntityAttribute; readonly isMeasured: boolean } {
  const [, key, url, type] = /^(\w+)(?:→(\w+))?(?::([a-z]+%?))?(?: =)?(?: \(hidden\))?$/.exec(text) ?? []
  const known = type === undefined ? 'text' : TYPES[type]
  if (key === undefined || known === undefined) throw new Error(`This is no attribute of an entity: ${text}`)
  const attribute: EntityAttribute = {
    key,
    name: nameOfKey(key),
    type: known,
    ...(url === undefined ? {} : { url }),
    visible: !text.endsWith('(hidden)'),
  }
  return { attribute, isMeasured: / =/.test(text) }
}

const ABBREVIATIONS: Readonly<Record<string, string>> = {
  url: 'URL',
  cve: 'CVE',
  id: 'id',
  bom: 'BOM',
  jql: 'JQL',
  wiql: 'WIQL',
  nr: 'number of',
}

/** `nr_vulnerabilities` as people write it: `Number of vulnerabilities`. */
export function nameOfKey(key: string): string {
  const words = key
    .split('_')
    .map((word) => ABBREVIATIONS[word] ?? word)
    .join(' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function pluralOf(noun: string): string {
  if (/(s|x|ch)$/.test(noun)) return `${noun}es`
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`
}
