import type { Migration } from '../../../../platform/database/schema-builder.ts'

/** What the program overview and the calendar count: sessions of assignments in a span of time. */
export const addProgramIndex: Migration = {
  id: 'machine-qa-0003-charts',
  async up(schema) {
    await schema.createIndex('qa_session', {
      name: 'qa_session_program',
      columns: ['assignment_id', 'work_completed', 'all_reviewed'],
      where: 'not in_progress and voided_at is null',
    })
  },
}
