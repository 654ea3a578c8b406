import { instant, integer, key, type Migration, text } from '../../../../platform/database/schema-builder.ts'

export const createJobs: Migration = {
  id: 'jobs-0001-create',
  async up(schema) {
    await schema.createTable(
      'jobs_queue',
      {
        id: key(),
        kind: text().notNull(),
        data: text().notNull(),
        key: text(),
        state: text().notNull(),
        run_at: instant().notNull(),
        attempts: integer().notNull().default(0),
        problem: text(),
      },
      {
        index: [
          ['state', 'run_at'],
          { columns: ['key'], where: "state = 'waiting'", unique: true, name: 'jobs_queue_waiting_key' },
        ],
      },
    )
    await schema.createTable('jobs_schedule', {
      kind: text().notNull().unique(),
      expression: text().notNull(),
      next_run_at: instant().notNull(),
    })
    await schema.createTable(
      'jobs_run',
      {
        id: key(),
        kind: text().notNull(),
        started_at: instant().notNull(),
        finished_at: instant(),
        outcome: text(),
        problem: text(),
      },
      { index: [['kind', '-id'], ['started_at']] },
    )
  },
}
