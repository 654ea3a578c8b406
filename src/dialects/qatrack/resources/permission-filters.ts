import { type Condition, compare, type Lookup } from '../../../core/query.ts'
import { invalidInput } from '../../../core/refusal.ts'
import { CODENAMES } from './codenames.ts'
import { CONTENT_TYPES, NOT_A_CHOICE } from './content-types.ts'
import { declareResource, TEXT } from './declare-resource.ts'
import { offeredLookup } from './field-condition.ts'
import type { OwnFilter, WireResource } from './wire-resource.ts'

/**
 * Permissions, which are reached only through the groups that hold them: `permissions__codename=add_testlistinstance`.
 * No address shows them.
 */
export const PERMISSIONS: WireResource = declareResource({
  path: 'auth/permissions',
  title: 'Permission',
  record: 'access.permission',
  fields: 'name codename content_type',
  ordering: [],
  filters: {
    name: { kind: 'own', parse: titled },
    codename: {
      kind: 'own',
      parse: ({ value, words }) => codeCondition(([, name]) => matches(name, value, words)),
    },
    content_type: { kind: 'own', parse: contentTypeCondition },
  },
})

function titled({ value, words }: OwnFilter): Condition | undefined {
  const lookup = offeredLookup(TEXT, words.join('__') || 'exact')
  return lookup && compare('title', lookup, lookup === 'in' ? value.split(',') : value)
}

type Codename = readonly [app: string, name: string]

/** The permissions whose `app.codename` passes; none where the words name no lookup. */
function codeCondition(test: (codename: Codename) => boolean | undefined): Condition | undefined {
  const split = CODENAMES.all().map((full) => [full, full.split('.')] as const)
  const answers = split.map(([full, [app = '', name = '']]) => [full, test([app, name])] as const)
  if (answers.some(([, answer]) => answer === undefined)) return undefined
  const codes = answers.flatMap(([full, answer]) => (answer ? (CODENAMES.permission(full) ?? []) : []))
  return compare('code', 'in', codes)
}

function matches(text: string, value: string, words: readonly string[], offered = TEXT): boolean | undefined {
  const lookup: Lookup | undefined = offeredLookup(offered, words.join('__') || 'exact')
  switch (lookup) {
    case 'exact':
      return text === value
    case 'icontains':
      return text.includes(value.toLowerCase())
    case 'contains':
      return text.includes(value)
    case 'in':
      return value.split(',').includes(text)
    default:
      return undefined
  }
}

/** `content_type=<id>`, or by the name of its app or model. */
function contentTypeCondition({ parameter, value, words }: OwnFilter): Condition | undefined {
  const [part, ...lookup] = words
  if (part === undefined) {
    const type = CONTENT_TYPES.find(({ id }) => String(id) === value)
    if (!type) throw invalidInput(parameter, NOT_A_CHOICE)
    return codeCondition(([app, name]) => app === type.appLabel && modelOf(name) === type.model)
  }
  if (part === 'app_label') return codeCondition(([app]) => matches(app, value, lookup, 'IC IN'))
  if (part === 'model') return codeCondition(([, name]) => matches(modelOf(name), value, lookup, 'IC IN'))
  return undefined
}

/** `testlist` of `add_testlist`. */
function modelOf(codename: string): string {
  return codename.slice(codename.indexOf('_') + 1)
}
