import { LINK, type Schema } from './field-schema.ts'

const NUMBER: Schema = { type: 'integer' }
const LINK_OR_NULL: Schema = { ...LINK, nullable: true }
const PERMISSIONS: Schema = {
  type: 'array',
  items: { type: 'string' },
  description: 'As app.codename, such as qa.add_testlistinstance.',
}

function listOf(component: string): Schema {
  return { type: 'array', items: { $ref: `#/components/schemas/${component}` } }
}

/** Fields that are computed and stand in no record, by resource. */
export const EXTRA_SCHEMAS: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  'units/units': { restricted: { type: 'boolean', description: 'Always false.' } },
  'auth/users': { permissions: PERMISSIONS, date_joined: { type: 'string', format: 'date-time' } },
  'auth/groups': { permissions: PERMISSIONS, user_set: { type: 'array', items: LINK } },
  'attachments/attachments': { attachment: { ...LINK, description: 'Address of the file.' } },
  'comments/comments': { url: { type: 'string', description: 'Always empty.' } },
  'qa/categories': { lft: NUMBER, rght: NUMBER, tree_id: NUMBER, level: NUMBER },
  'qa/unittestcollections': {
    tests_object: { ...LINK, description: 'A test list or a cycle.' },
    next_test_list: LINK_OR_NULL,
    next_day: { ...NUMBER, nullable: true },
    object_id: NUMBER,
    content_type: LINK,
  },
  'qa/testinstances': {
    attachments: listOf('Attachment'),
    json_value: { type: 'string', nullable: true, description: 'What an upload came to, as JSON.' },
  },
  'qa/testlistinstances': {
    attachments: listOf('Attachment'),
    comments: listOf('Comment'),
    test_instances: listOf('TestInstance'),
    site_url: { ...LINK, description: 'Page of the session.' },
  },
}
