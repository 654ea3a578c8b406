import { declareResource, TEXT } from './declare-resource.ts'
import { mediaLink } from './links.ts'
import type { WireResource } from './wire-resource.ts'

/** `/api/attachments/attachments/`; the documented system offers no filters here. */
export const ATTACHMENTS: WireResource = declareResource({
  path: 'attachments/attachments',
  title: 'Attachment',
  record: 'machine-qa.attachment',
  fields:
    'attachment label comment test testlist testlistcycle testinstance testlistinstance created created_by',
  ordering: [],
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
  // the field holds the commenter's web site, which nobody has
  extra: async (_presenting, rows) => new Map(rows.map((row) => [row.id, { url: '' }])),
  filters: {},
})
