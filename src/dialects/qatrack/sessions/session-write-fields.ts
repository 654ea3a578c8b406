import type { WriteField } from '../endpoint.ts'

function field(
  name: string,
  type: WriteField['type'],
  parts: Partial<Omit<WriteField, 'name' | 'type'>> = {},
): WriteField {
  const spaced = name.replaceAll('_', ' ')
  return { name, type, label: spaced.charAt(0).toUpperCase() + spaced.slice(1), required: false, ...parts }
}

/** What may be sent to perform or change a session. */
export const SESSION_WRITE_FIELDS: readonly WriteField[] = [
  field('unit_test_collection', 'field', {
    required: true,
    help: 'Address of the assignment.',
    example: '/api/qa/unittestcollections/1/',
  }),
  field('day', 'integer', { help: 'Day of a cycle, from 0; cycles need it.' }),
  field('work_started', 'datetime', { required: true, example: '2018-07-06 10:00' }),
  field('work_completed', 'datetime', { help: 'Now unless given.' }),
  field('in_progress', 'boolean'),
  field('include_for_scheduling', 'boolean'),
  field('user_key', 'string', { maxLength: 255, help: 'Unique over all sessions.' }),
  field('comment', 'string'),
  field('status', 'field', { help: 'Status of every result; switches automatic review off.' }),
  field('return_to_service_qa', 'field'),
  field('tests', 'nested object', {
    required: true,
    help: 'By macro name: value, skipped, comment; for files filename, value, encoding.',
    example: { macro_name: { value: 1 } },
  }),
  field('attachments', 'list', { help: 'Objects with filename, value and encoding (base64 or text).' }),
]
