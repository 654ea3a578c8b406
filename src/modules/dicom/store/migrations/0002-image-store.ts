import {
  boolean,
  instant,
  integer,
  jsonText,
  key,
  type Migration,
  real,
  references,
  text,
} from '../../../../platform/database/schema-builder.ts'

export const createImageStore: Migration = {
  id: 'dicom-0002-image-store',
  async up(schema) {
    await schema.createTable(
      'dicom_study',
      {
        id: key(),
        study_uid: text().notNull(),
        // the three groups of a name as stored, `Yamada^Tarou=山田^太郎=やまだ^たろう`
        patient_name: text().folded(),
        patient_id: text().folded(),
        patient_birth_date: text(),
        patient_sex: text(),
        // YYYYMMDD, so that ranges compare as text
        study_date: text(),
        study_time: text(),
        accession_number: text().folded(),
        study_label: text(),
        description: text().folded(),
        referring_physician: text().folded(),
        // each between backslashes: `\CT\SEG\`
        modalities: text().notNull().default('\\'),
        series_count: integer().notNull().default(0),
        instance_count: integer().notNull().default(0),
        size_bytes: integer().notNull().default(0),
        // the attributes of this level in the DICOM JSON model
        attributes: jsonText().notNull(),
        created_at: instant().notNull(),
        created_by_id: references('access_user').noIndex().onDelete('set null'),
        deleted_at: instant(),
        deleted_by_id: references('access_user').noIndex().onDelete('set null'),
        delete_reason: text(),
      },
      {
        index: [
          { columns: ['study_uid'], where: 'deleted_at is null', unique: true },
          { columns: ['-study_date', '-id'], where: 'deleted_at is null' },
          ['patient_id_folded'],
          ['patient_name_folded'],
          ['accession_number_folded'],
          ['created_by_id'],
        ],
      },
    )
    await schema.createTable(
      'dicom_study_group',
      {
        study_id: references('dicom_study').notNull().noIndex().onDelete('cascade'),
        group_id: references('access_group').notNull().onDelete('cascade'),
      },
      { primaryKey: ['study_id', 'group_id'] },
    )
    await schema.createTable(
      'dicom_series',
      {
        id: key(),
        study_id: references('dicom_study').notNull().noIndex().onDelete('cascade'),
        series_uid: text().notNull(),
        modality: text(),
        series_number: integer(),
        description: text().folded(),
        body_part: text(),
        performed_date: text(),
        performed_time: text(),
        scheduled_step_id: text(),
        requested_procedure_id: text(),
        manufacturer: text(),
        station_name: text(),
        series_date: text(),
        instance_count: integer().notNull().default(0),
        attributes: jsonText().notNull(),
      },
      { unique: [['study_id', 'series_uid']], index: [['series_uid']] },
    )
    await schema.createTable(
      'dicom_instance',
      {
        id: key(),
        study_id: references('dicom_study').notNull().onDelete('cascade'),
        series_id: references('dicom_series').notNull().onDelete('cascade'),
        instance_uid: text().notNull(),
        // false while its study lies in the bin, where the same instance may be stored anew
        is_live: boolean().notNull().default(true),
        sop_class_uid: text().notNull(),
        transfer_syntax_uid: text().notNull(),
        instance_number: integer(),
        // distance along the normal of the slice, in mm
        position_mm: real(),
        rows: integer(),
        columns: integer(),
        bits_allocated: integer(),
        number_of_frames: integer(),
        // frames that can be shown
        frames: integer().notNull(),
        problem: text(),
        pixels: jsonText(),
        sha256: text().notNull(),
        size_bytes: integer().notNull(),
        created_at: instant().notNull(),
      },
      {
        index: [
          { columns: ['instance_uid'], where: 'is_live', unique: true, name: 'dicom_instance_live_uid' },
          ['sha256'],
        ],
      },
    )
    // apart from the rows that are searched: they stay small
    await schema.createTable(
      'dicom_instance_model',
      {
        instance_id: references('dicom_instance').notNull().noIndex().onDelete('cascade'),
        // the DICOM JSON model as text, addresses of bulk data relative to the instance
        model: text().notNull(),
        // where each bulk value lies in the file
        bulk: text().notNull(),
      },
      { primaryKey: ['instance_id'] },
    )
  },
}
