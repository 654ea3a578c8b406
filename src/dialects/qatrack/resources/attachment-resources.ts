import { type Condition, compare, equals, related } from '../../../core/query.ts'
import { mediaLink } from '../wire/links.ts'
import { declareResource, TEXT } from './declare-resource.ts'
import type { WireResource } from './wire-resource.ts'

const OF_LIVING_SESSION = related('session', equals('voidedAt', null))

/** Files that wait for their session are their sender's alone; those of voided sessions went with them. */
const SHOWN: Condition = {
  kind: 'any',
  of: [
    compare('test', 'isnull', false),
    compare('testList', 'isnull', false),
    compare('testListCycle', 'isnull', false),
    OF_LIVING_SESSION,
    related('result', equals('voided', false)),
    related('serviceEvent', equals('isActive', true)),
    compare('part', 'isnull', false),
    compare('fault', 'isnull', false),
  ],
}

/** `/api/attachments/attachments/`; the documented system offers no filters here. */
export const ATTACHMENTS: WireResource = declareResource({
  path: 'attachments/attachments',
  title: 'Attachment',
  record: 'machine-qa.attachment',
  fields:
    'attachment label comment test testlist testlistcycle testinstance testlistinstance created created_by',
  ordering: [],
  within: SHOWN,
  extra: async ({ links }, rows) =>
    new Map(
      rows.map((row) => [row.id, { attachment: mediaLink(links, String(row.attachment), 'absolute') }]),
    ),
  // reached through the sessions and results that own them
  filters: { attachment: TEXT, label: TEXT },
})

/** `/api/comments/comments/`. */
export const COMMENTS: WireResource = declareResource({
  path: 'comments/comments',
  title: 'Comment',
  record: 'machine-qa.comment',
  fields: 'user submit_date comment',
  ordering: [],
  within: {
    kind: 'any',
    of: [
      OF_LIVING_SESSION,
      related('serviceEvent', equals('isActive', true)),
      compare('fault', 'isnull', false),
    ],
  },
  // the field holds the commenter's web site, which nobody has
  extra: async (_presenting, rows) => new Map(rows.map((row) => [row.id, { url: '' }])),
  filters: {},
})
