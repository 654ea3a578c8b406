import {
  boolean,
  instant,
  integer,
  jsonText,
  key,
  type Migration,
  references,
  text,
} from '../../../../platform/database/schema-builder.ts'

export const createReports: Migration = {
  id: 'reports-0001-create',
  async up(schema) {
    await schema.createTable(
      'reports_series',
      { kind: text().notNull(), year: integer().notNull(), last: integer().notNull() },
      { primaryKey: ['kind', 'year'] },
    )
    await schema.createTable(
      'reports_document',
      {
        id: key(),
        kind: text().notNull(),
        number: text().notNull().folded(),
        year: integer().notNull(),
        position: integer().notNull(),
        revision: integer().notNull(),
        title: text().notNull().folded(),
        subject_record: text(),
        subject_id: text(),
        scope: text(),
        media_type: text().notNull(),
        file_name: text().notNull(),
        size: integer().notNull(),
        sha256: text().notNull(),
        issued_at: instant().notNull(),
        issued_by_id: references('access_user').noIndex(),
        issued_by: text().notNull(),
        supersedes_id: integer().unique(),
      },
      {
        unique: [['kind', 'year', 'position', 'revision']],
        index: [['-issued_at', '-id'], ['subject_record', 'subject_id'], ['sha256']],
      },
    )
    await schema.raw({
      sqlite: `create trigger reports_document_stays before update on reports_document
        begin select raise(abort, 'an issued document does not change'); end`,
      postgres: `create function reports_document_stays() returns trigger language plpgsql as $$
        begin raise exception 'an issued document does not change'; end $$`,
    })
    await schema.raw({
      sqlite: `create trigger reports_document_remains before delete on reports_document
        begin select raise(abort, 'an issued document does not change'); end`,
      postgres: `create trigger reports_document_stays before update or delete on reports_document
        for each row execute function reports_document_stays()`,
    })
    await schema.createTable(
      'reports_saved',
      {
        id: key(),
        version: integer().notNull(),
        owner_id: references('access_user').notNull(),
        title: text().notNull().folded(),
        kind: text().notNull(),
        format: text().notNull(),
        filters: jsonText().notNull(),
        notes: jsonText().notNull(),
        signature: boolean().notNull(),
        visibility: text().notNull(),
        recurrence: text(),
        // minutes after midnight on the clocks of the site
        minute_of_day: integer(),
        addresses: jsonText().notNull(),
        send_empty: boolean().notNull(),
        next_run_at: instant(),
        created_at: instant().notNull(),
        modified_at: instant().notNull(),
        modified_by_id: references('access_user').noIndex(),
      },
      {
        unique: [['owner_id', 'title_folded']],
        index: [
          {
            columns: ['next_run_at'],
            where: 'next_run_at is not null',
            name: 'reports_saved_next_run',
          },
        ],
      },
    )
    await schema.createTable(
      'reports_saved_group',
      {
        report_id: references('reports_saved').notNull().onDelete('cascade').noIndex(),
        group_id: references('access_group').notNull().onDelete('cascade'),
        role: text().notNull(),
      },
      { primaryKey: ['report_id', 'role', 'group_id'] },
    )
    await schema.createTable(
      'reports_saved_user',
      {
        report_id: references('reports_saved').notNull().onDelete('cascade').noIndex(),
        user_id: references('access_user').notNull().onDelete('cascade'),
      },
      { primaryKey: ['report_id', 'user_id'] },
    )
    await schema.createTable(
      'reports_run',
      {
        id: key(),
        report_id: references('reports_saved').onDelete('set null').noIndex(),
        kind: text().notNull(),
        title: text().notNull(),
        format: text().notNull(),
        // when the schedule asked for it; empty for one that somebody asked for
        scheduled_for: instant(),
        started_at: instant().notNull(),
        finished_at: instant(),
        by_id: references('access_user').onDelete('set null').noIndex(),
        state: text().notNull(),
        attempts: integer().notNull().default(0),
        // when it is taken up, again if whoever worked on it has vanished
        retry_at: instant(),
        problem: text(),
        row_count: integer(),
        recipients: integer(),
        sha256: text(),
        file_name: text(),
        size: integer(),
      },
      {
        unique: [['report_id', 'scheduled_for']],
        index: [
          ['report_id', '-started_at'],
          ['sha256'],
          { columns: ['retry_at'], where: "state in ('waiting', 'running')", name: 'reports_run_open' },
        ],
      },
    )
  },
}
