import {
  instant,
  jsonText,
  key,
  type Migration,
  references,
  text,
} from '../../../../platform/database/schema-builder.ts'

/** `lims_certificate` says which samples an issued certificate reports, and what it said about each. */
export const addCertificates: Migration = {
  id: 'lims-0002-certificates',
  async up(schema) {
    await schema.addColumn('lims_client', 'report_language', text().notNull().default('en'))
    await schema.addColumn('lims_service', 'subcontractor', text().folded())
    await schema.addColumn('lims_laboratory', 'logo', text().folded())
    await schema.createTable(
      'lims_certificate',
      {
        id: key(),
        document_id: references('reports_document').notNull().noIndex(),
        request_id: references('lims_request').notNull(),
        results: jsonText().notNull(),
        reason: text(),
        issued_at: instant().notNull(),
      },
      { unique: [['document_id', 'request_id']] },
    )
  },
}
