import type { WriteField } from '../endpoint.ts'

/** What may be sent to make or change a group, and what is shown with it. */
export const GROUP_WRITE_FIELDS: readonly WriteField[] = [
  { name: 'url', type: 'field', label: 'Url', required: false, readOnly: true },
  { name: 'name', type: 'string', label: 'Name', required: true, maxLength: 150 },
  { name: 'permissions', type: 'field', label: 'Permissions', required: false, readOnly: true },
  { name: 'user_set', type: 'field', label: 'User set', required: true, example: [] },
]
