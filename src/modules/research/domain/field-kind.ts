/** What a field of a sample type holds (specification 5.4), with what follows from it. */
export const FIELD_KINDS = {
  text: { word: 'CharField', types: ['string'], index: 'text' },
  longtext: { word: 'CharField', types: ['string'], index: 'text' },
  markdown: { word: 'CharField', types: ['string'], index: 'text' },
  choice: { word: 'ChoiceField', types: ['string'], index: 'text' },
  multichoice: { word: 'ListField', types: ['array'], index: 'texts' },
  boolean: { word: 'BooleanField', types: ['boolean'], index: 'boolean' },
  integer: { word: 'IntegerField', types: ['integer'], index: 'number' },
  number: { word: 'FloatField', types: ['number', 'integer'], index: 'number' },
  quantity: { word: 'FloatField', types: ['object'], index: 'quantity' },
  duration: { word: 'FloatField', types: ['object'], index: 'quantity' },
  range: { word: 'DictField', types: ['object'], index: 'range' },
  date: { word: 'DateField', types: ['string'], index: 'text' },
  datetime: { word: 'DateTimeField', types: ['string'], index: 'text' },
  time: { word: 'TimeField', types: ['string'], index: 'text' },
  series: { word: 'DictField', types: ['object'], index: 'none' },
  reference: { word: 'PrimaryKeyRelatedField', types: ['string'], index: 'text' },
  person: { word: 'PrimaryKeyRelatedField', types: ['string'], index: 'text' },
  location: { word: 'PrimaryKeyRelatedField', types: ['string'], index: 'text' },
  file: { word: 'FileField', types: ['object'], index: 'none' },
  hazard: { word: 'ListField', types: ['array'], index: 'texts' },
  formula: { word: 'CharField', types: ['string'], index: 'text' },
  group: { word: 'DictField', types: ['object'], index: 'none' },
  list: { word: 'ListField', types: ['array'], index: 'none' },
} as const satisfies Readonly<
  Record<string, { readonly word: string; readonly types: readonly string[]; readonly index: IndexKind }>
>

type IndexKind = 'text' | 'texts' | 'boolean' | 'number' | 'quantity' | 'range' | 'none'

export type FieldKind = keyof typeof FIELD_KINDS

export function isFieldKind(word: unknown): word is FieldKind {
  return typeof word === 'string' && Object.hasOwn(FIELD_KINDS, word)
}

/** The kind that a schema without `x-ts-kind` means. */
export function guessKind(type: readonly string[], format: string | undefined, hasEnum: boolean): FieldKind {
  if (type.includes('integer')) return 'integer'
  if (type.includes('number')) return 'number'
  if (type.includes('boolean')) return 'boolean'
  if (type.includes('array')) return 'list'
  if (type.includes('object')) return 'group'
  if (format === 'date') return 'date'
  if (format === 'date-time') return 'datetime'
  if (format === 'time') return 'time'
  return hasEnum ? 'choice' : 'text'
}
