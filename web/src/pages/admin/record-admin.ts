import { useSuspenseQuery } from '@tanstack/react-query'
import { notFound, useParams } from '@tanstack/react-router'
import { BOOKKEEPING, type FieldMeta, metaQuery, type RecordMeta } from '../../api/record-meta.ts'
import type { RecordRow } from '../../api/records.ts'
import type { FilterField } from '../../ui/filters.ts'
import type { Crumb } from '../../ui/page-place.ts'

/** The declaration named in the address. Who may not see the record gets the page of an unknown address. */
export function useRecordMeta(): RecordMeta {
  const { record } = useParams({ strict: false })
  const { data } = useSuspenseQuery(metaQuery)
  const meta = data.records.find(({ name }) => name === record)
  if (meta === undefined) throw notFound()
  return meta
}

export function listPath(meta: RecordMeta): string {
  return `/admin/${meta.name}`
}

export function recordPath(meta: RecordMeta, row: Pick<RecordRow, 'id'>): string {
  return `/admin/${meta.name}/${row.id}`
}

/** The steps above a page of this record. */
export function crumbsTo(meta: RecordMeta): readonly Crumb[] {
  return [
    { label: 'Administration', to: '/admin' },
    { label: meta.label.many, to: listPath(meta) },
  ]
}

/** How a row is called on its page and in questions about it. */
export function titleOf(meta: RecordMeta, row: RecordRow): string {
  const title = row[meta.titleField]
  return title === null || title === undefined || title === '' ? `${meta.label.one} ${row.id}` : String(title)
}

const FILTER_KIND: Partial<Record<FieldMeta['kind'], FilterField['kind']>> = {
  text: 'text',
  'long-text': 'text',
  integer: 'number',
  number: 'number',
  decimal: 'number',
  minutes: 'number',
  boolean: 'boolean',
  day: 'day',
  instant: 'instant',
  choice: 'choice',
  reference: 'reference',
  references: 'reference',
}

/** What people narrow a list by most often comes first and gets a place in the row. */
const FILTER_RANK: readonly FilterField['kind'][] = [
  'reference',
  'choice',
  'boolean',
  'day',
  'instant',
  'number',
  'text',
]

/** The filters of a record's list: references, choices and switches at hand, the rest behind "More". */
export function filterFields(meta: RecordMeta): readonly FilterField[] {
  const fields = meta.fields.flatMap((field): FilterField[] => {
    const kind = FILTER_KIND[field.kind]
    if (kind === undefined || field.name === 'id' || field.name === 'version') return []
    return [
      {
        name: field.name,
        label: field.label,
        kind,
        ...(field.choices ? { choices: field.choices } : {}),
        ...(field.target ? { target: field.target } : {}),
        ...(field.unit ? { unit: field.unit } : {}),
      },
    ]
  })
  const rank = ({ name, kind }: FilterField): number =>
    (BOOKKEEPING.has(name) ? 20 : 0) + (meta.listFields.includes(name) ? 0 : 10) + FILTER_RANK.indexOf(kind)
  const sorted = fields.toSorted((one, other) => rank(one) - rank(other))
  return meta.retirable ? [...sorted, RETIRED] : sorted
}

/** Not a field but a switch of the list: without it retired rows are left out. */
const RETIRED: FilterField = { name: 'includeRetired', label: 'Retired too', kind: 'boolean' }
