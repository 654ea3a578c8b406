import {
  boolean,
  decimal,
  instant,
  integer,
  jsonText,
  key,
  type Migration,
  references,
  type SchemaBuilder,
  text,
} from '../../../../platform/database/schema-builder.ts'

/** Service log, parts and faults; comments and files may belong to them. */
export const createServiceLog: Migration = {
  id: 'machine-qa-0002-service-log',
  async up(schema) {
    await schema.createTable('qa_supplier', {
      id: key(),
      name: text().notNull().folded().unique(),
      address: text().notNull().default('').folded(),
      phone_number: text().notNull().default('').folded(),
      website: text().notNull().default('').folded(),
      notes: text().folded(),
      created_at: instant().notNull(),
      created_by_id: references('access_user').noIndex(),
      modified_at: instant().notNull(),
      modified_by_id: references('access_user').noIndex(),
      retired_at: instant(),
      version: integer().notNull().default(1),
    })
    await schema.createTable('qa_contact', {
      id: key(),
      name: text().notNull().folded(),
      role: text().notNull().default('').folded(),
      phone: text().notNull().default('').folded(),
      email: text().notNull().default('').folded(),
      notes: text().notNull().default('').folded(),
      unit_id: references('qa_unit'),
      supplier_id: references('qa_supplier'),
      vendor_id: references('qa_vendor'),
      created_at: instant().notNull(),
      created_by_id: references('access_user').noIndex(),
      modified_at: instant().notNull(),
      modified_by_id: references('access_user').noIndex(),
      retired_at: instant(),
      version: integer().notNull().default(1),
    })
    await schema.createTable('qa_fault_review_group', {
      id: key(),
      group_id: references('access_group').notNull().unique(),
      required: boolean().notNull().default(true),
      created_at: instant().notNull(),
      created_by_id: references('access_user').noIndex(),
      modified_at: instant().notNull(),
      modified_by_id: references('access_user').noIndex(),
      retired_at: instant(),
      version: integer().notNull().default(1),
    })
    await schema.createTable(
      'qa_fault',
      {
        id: key(),
        unit_id: references('qa_unit').notNull(),
        modality_id: references('qa_modality'),
        occurred: instant(),
        is_reviewed: boolean().notNull().default(false),
        created_at: instant().notNull(),
        created_by_id: references('access_user').noIndex(),
        modified_at: instant().notNull(),
        modified_by_id: references('access_user').noIndex(),
        version: integer().notNull().default(1),
      },
      { index: [['occurred']] },
    )
    await schema.createTable(
      'qa_fault_review',
      {
        id: key(),
        fault_id: references('qa_fault').notNull(),
        review_group_id: references('qa_fault_review_group'),
        reviewed: instant().notNull(),
        reviewed_by_id: references('access_user'),
        version: integer().notNull().default(1),
      },
      {
        index: [
          {
            name: 'qa_fault_review_once',
            columns: ['fault_id', 'review_group_id'],
            where: 'review_group_id is not null',
            unique: true,
          },
        ],
      },
    )
    await schema.createTable(
      'qa_fault_type',
      {
        id: key(),
        code: text().notNull().folded().unique(),
        slug: text().folded().unique(),
        description: text().notNull().default('').folded(),
        created_at: instant().notNull(),
        created_by_id: references('access_user').noIndex(),
        modified_at: instant().notNull(),
        modified_by_id: references('access_user').noIndex(),
        retired_at: instant(),
        version: integer().notNull().default(1),
      },
      { index: [{ name: 'qa_fault_type_code', columns: ['code_folded'], unique: true }] },
    )
    await schema.createTable(
      'qa_group_linker',
      {
        id: key(),
        name: text().notNull().folded(),
        group_id: references('access_group'),
        multiple: boolean().notNull().default(false),
        required: boolean().notNull().default(false),
        description: text().folded(),
        help_text: text().folded(),
        created_at: instant().notNull(),
        created_by_id: references('access_user').noIndex(),
        modified_at: instant().notNull(),
        modified_by_id: references('access_user').noIndex(),
        retired_at: instant(),
        version: integer().notNull().default(1),
      },
      { unique: [['name', 'group_id']] },
    )
    await schema.createTable('qa_service_area', {
      id: key(),
      name: text().notNull().folded().unique(),
      created_at: instant().notNull(),
      created_by_id: references('access_user').noIndex(),
      modified_at: instant().notNull(),
      modified_by_id: references('access_user').noIndex(),
      retired_at: instant(),
      version: integer().notNull().default(1),
    })
    await schema.createTable(
      'qa_unit_service_area',
      {
        id: key(),
        unit_id: references('qa_unit').notNull(),
        service_area_id: references('qa_service_area').notNull(),
        notes: text().folded(),
        created_at: instant().notNull(),
        created_by_id: references('access_user').noIndex(),
        modified_at: instant().notNull(),
        modified_by_id: references('access_user').noIndex(),
        retired_at: instant(),
        version: integer().notNull().default(1),
      },
      { unique: [['unit_id', 'service_area_id']] },
    )
    await schema.createTable('qa_service_type', {
      id: key(),
      name: text().notNull().folded().unique(),
      is_review_required: boolean().notNull().default(false),
      is_active: boolean().notNull().default(true),
      description: text().folded(),
      created_at: instant().notNull(),
      created_by_id: references('access_user').noIndex(),
      modified_at: instant().notNull(),
      modified_by_id: references('access_user').noIndex(),
      retired_at: instant(),
      version: integer().notNull().default(1),
    })
    await schema.createTable('qa_service_event_status', {
      id: key(),
      name: text().notNull().folded().unique(),
      is_default: boolean().notNull().default(false),
      is_review_required: boolean().notNull().default(true),
      rts_qa_must_be_reviewed: boolean().notNull().default(true),
      description: text().folded(),
      colour: text().notNull().default('rgba(60,141,188,1)'),
      sort_order: integer().notNull().default(0),
      meaning: text(),
      created_at: instant().notNull(),
      created_by_id: references('access_user').noIndex(),
      modified_at: instant().notNull(),
      modified_by_id: references('access_user').noIndex(),
      retired_at: instant(),
      version: integer().notNull().default(1),
    })
    await schema.createTable('qa_service_event_template', {
      id: key(),
      name: text().notNull().folded().unique(),
      service_type_id: references('qa_service_type'),
      service_area_id: references('qa_service_area'),
      problem_description: text().folded(),
      work_description: text().folded(),
      is_review_required: boolean().notNull().default(true),
      created_at: instant().notNull(),
      created_by_id: references('access_user').noIndex(),
      modified_at: instant().notNull(),
      modified_by_id: references('access_user').noIndex(),
      retired_at: instant(),
      version: integer().notNull().default(1),
    })
    await schema.createTable(
      'qa_service_event_schedule',
      {
        id: key(),
        unit_service_area_id: references('qa_unit_service_area').notNull(),
        service_event_template_id: references('qa_service_event_template').notNull(),
        frequency_id: references('qa_frequency'),
        due_date: instant(),
        auto_schedule: boolean().notNull().default(true),
        assigned_to_id: references('access_group'),
        active: boolean().notNull().default(true),
        created_at: instant().notNull(),
        created_by_id: references('access_user').noIndex(),
        modified_at: instant().notNull(),
        modified_by_id: references('access_user').noIndex(),
        retired_at: instant(),
        version: integer().notNull().default(1),
      },
      { unique: [['unit_service_area_id', 'service_event_template_id', 'frequency_id']] },
    )
    await schema.createTable(
      'qa_service_event',
      {
        id: key(),
        unit_id: references('qa_unit'),
        unit_service_area_id: references('qa_unit_service_area').notNull(),
        service_type_id: references('qa_service_type').notNull(),
        service_status_id: references('qa_service_event_status').notNull(),
        datetime_service: instant().notNull(),
        problem_description: text().notNull().folded(),
        work_description: text().folded(),
        safety_precautions: text().folded(),
        duration_service_time: integer(),
        duration_lost_time: integer(),
        is_review_required: boolean().notNull().default(true),
        is_active: boolean().notNull().default(true),
        deleted_reason: text().folded(),
        due_date: instant(),
        include_for_scheduling: boolean().notNull().default(true),
        datetime_status_changed: instant(),
        datetime_created: instant(),
        datetime_modified: instant(),
        user_status_changed_by_id: references('access_user'),
        user_created_by_id: references('access_user'),
        user_modified_by_id: references('access_user'),
        test_list_instance_initiated_by_id: references('qa_session'),
        service_event_template_id: references('qa_service_event_template'),
        service_event_schedule_id: references('qa_service_event_schedule'),
        created_at: instant().notNull(),
        created_by_id: references('access_user').noIndex(),
        modified_at: instant().notNull(),
        modified_by_id: references('access_user').noIndex(),
        version: integer().notNull().default(1),
      },
      { index: [['unit_id', 'datetime_service'], ['datetime_service']] },
    )
    await schema.createTable('qa_group_linker_instance', {
      id: key(),
      group_linker_id: references('qa_group_linker').notNull(),
      user_id: references('access_user').notNull(),
      service_event_id: references('qa_service_event').notNull(),
      datetime_linked: instant(),
      created_at: instant().notNull(),
      created_by_id: references('access_user').noIndex(),
      modified_at: instant().notNull(),
      modified_by_id: references('access_user').noIndex(),
      version: integer().notNull().default(1),
    })
    await schema.createTable(
      'qa_third_party',
      {
        id: key(),
        first_name: text().notNull().folded(),
        last_name: text().notNull().folded(),
        vendor_id: references('qa_vendor').notNull(),
        created_at: instant().notNull(),
        created_by_id: references('access_user').noIndex(),
        modified_at: instant().notNull(),
        modified_by_id: references('access_user').noIndex(),
        retired_at: instant(),
        version: integer().notNull().default(1),
      },
      { unique: [['first_name', 'last_name', 'vendor_id']] },
    )
    await schema.createTable(
      'qa_hours',
      {
        id: key(),
        service_event_id: references('qa_service_event').notNull(),
        third_party_id: references('qa_third_party'),
        user_id: references('access_user'),
        time: integer().notNull(),
        created_at: instant().notNull(),
        created_by_id: references('access_user').noIndex(),
        modified_at: instant().notNull(),
        modified_by_id: references('access_user').noIndex(),
        version: integer().notNull().default(1),
      },
      {
        checks: ['(third_party_id is null) <> (user_id is null)'],
        index: [
          {
            name: 'qa_hours_of_user',
            columns: ['service_event_id', 'user_id'],
            where: 'user_id is not null',
            unique: true,
          },
          {
            name: 'qa_hours_of_third_party',
            columns: ['service_event_id', 'third_party_id'],
            where: 'third_party_id is not null',
            unique: true,
          },
        ],
      },
    )
    await schema.createTable('qa_part_category', {
      id: key(),
      name: text().notNull().folded().unique(),
      created_at: instant().notNull(),
      created_by_id: references('access_user').noIndex(),
      modified_at: instant().notNull(),
      modified_by_id: references('access_user').noIndex(),
      retired_at: instant(),
      version: integer().notNull().default(1),
    })
    await schema.createTable(
      'qa_part',
      {
        id: key(),
        part_number: text().notNull().folded(),
        name: text().notNull().folded(),
        new_or_used: text().notNull().default('both'),
        alt_part_number: text().folded(),
        quantity_min: integer().notNull().default(0),
        quantity_current: integer().notNull().default(0),
        cost: decimal(14, 2),
        notes: text().folded(),
        is_obsolete: boolean().notNull().default(false),
        is_low: boolean().notNull().default(false),
        part_category_id: references('qa_part_category'),
        created_at: instant().notNull(),
        created_by_id: references('access_user').noIndex(),
        modified_at: instant().notNull(),
        modified_by_id: references('access_user').noIndex(),
        retired_at: instant(),
        version: integer().notNull().default(1),
      },
      { unique: [['part_number', 'new_or_used']], checks: ['quantity_current >= 0', 'quantity_min >= 0'] },
    )
    await schema.createTable(
      'qa_room',
      {
        id: key(),
        name: text().notNull().folded(),
        site_id: references('equipment_site'),
        created_at: instant().notNull(),
        created_by_id: references('access_user').noIndex(),
        modified_at: instant().notNull(),
        modified_by_id: references('access_user').noIndex(),
        retired_at: instant(),
        version: integer().notNull().default(1),
      },
      { unique: [['name', 'site_id']] },
    )
    await schema.createTable(
      'qa_storage',
      {
        id: key(),
        room_id: references('qa_room'),
        location: text().folded(),
        description: text().folded(),
        created_at: instant().notNull(),
        created_by_id: references('access_user').noIndex(),
        modified_at: instant().notNull(),
        modified_by_id: references('access_user').noIndex(),
        retired_at: instant(),
        version: integer().notNull().default(1),
      },
      {
        unique: [['room_id', 'location']],
        index: [
          { name: 'qa_storage_of_room', columns: ['room_id'], where: 'location is null', unique: true },
        ],
      },
    )
    await schema.createTable(
      'qa_part_storage',
      {
        id: key(),
        part_id: references('qa_part').notNull(),
        storage_id: references('qa_storage').notNull(),
        quantity: integer().notNull(),
        created_at: instant().notNull(),
        created_by_id: references('access_user').noIndex(),
        modified_at: instant().notNull(),
        modified_by_id: references('access_user').noIndex(),
        version: integer().notNull().default(1),
      },
      { unique: [['part_id', 'storage_id']], checks: ['quantity >= 0'] },
    )
    await schema.createTable(
      'qa_part_supplier',
      {
        id: key(),
        part_id: references('qa_part').notNull(),
        supplier_id: references('qa_supplier').notNull(),
        part_number: text().folded(),
        created_at: instant().notNull(),
        created_by_id: references('access_user').noIndex(),
        modified_at: instant().notNull(),
        modified_by_id: references('access_user').noIndex(),
        version: integer().notNull().default(1),
      },
      { unique: [['part_id', 'supplier_id']] },
    )
    await schema.createTable(
      'qa_part_used',
      {
        id: key(),
        service_event_id: references('qa_service_event').notNull(),
        part_id: references('qa_part').notNull(),
        from_storage_id: references('qa_storage'),
        quantity: integer().notNull(),
        created_at: instant().notNull(),
        created_by_id: references('access_user').noIndex(),
        modified_at: instant().notNull(),
        modified_by_id: references('access_user').noIndex(),
        version: integer().notNull().default(1),
      },
      { checks: ['quantity >= 0'] },
    )
    await schema.createTable('qa_return_to_service', {
      id: key(),
      service_event_id: references('qa_service_event').notNull(),
      assignment_id: references('qa_assignment').notNull(),
      session_id: references('qa_session'),
      datetime_assigned: instant(),
      user_assigned_by_id: references('access_user'),
      created_at: instant().notNull(),
      created_by_id: references('access_user').noIndex(),
      modified_at: instant().notNull(),
      modified_by_id: references('access_user').noIndex(),
      version: integer().notNull().default(1),
    })
    await schema.createTable(
      'qa_service_log',
      {
        id: key(),
        service_event_id: references('qa_service_event').notNull(),
        kind: text().notNull(),
        happened: instant().notNull(),
        user_id: references('access_user'),
        detail: jsonText(),
        version: integer().notNull().default(1),
      },
      { index: [['service_event_id', 'happened'], ['happened']] },
    )
    await schema.createTable(
      'qa_stock_movement',
      {
        id: key(),
        part_id: references('qa_part').notNull(),
        storage_id: references('qa_storage').notNull(),
        change: integer().notNull(),
        quantity_left: integer().notNull(),
        kind: text().notNull(),
        service_event_id: references('qa_service_event'),
        happened: instant().notNull(),
        user_id: references('access_user'),
        version: integer().notNull().default(1),
      },
      { index: [['part_id', 'happened']] },
    )
    await schema.createTable(
      'qa_fault_fault_type',
      {
        fault_id: references('qa_fault').notNull().noIndex(),
        fault_type_id: references('qa_fault_type').notNull(),
      },
      { primaryKey: ['fault_id', 'fault_type_id'] },
    )
    await schema.createTable(
      'qa_fault_service_event',
      {
        fault_id: references('qa_fault').notNull().noIndex(),
        service_event_id: references('qa_service_event').notNull(),
      },
      { primaryKey: ['fault_id', 'service_event_id'] },
    )
    await schema.createTable(
      'qa_service_schedule_visible_to',
      {
        schedule_id: references('qa_service_event_schedule').notNull().noIndex(),
        group_id: references('access_group').notNull(),
      },
      { primaryKey: ['schedule_id', 'group_id'] },
    )
    await schema.createTable(
      'qa_service_template_list',
      {
        template_id: references('qa_service_event_template').notNull().noIndex(),
        test_list_id: references('qa_test_list').notNull(),
      },
      { primaryKey: ['template_id', 'test_list_id'] },
    )
    await schema.createTable(
      'qa_service_template_cycle',
      {
        template_id: references('qa_service_event_template').notNull().noIndex(),
        test_list_cycle_id: references('qa_test_list_cycle').notNull(),
      },
      { primaryKey: ['template_id', 'test_list_cycle_id'] },
    )
    await schema.createTable(
      'qa_service_event_related',
      {
        service_event_id: references('qa_service_event').notNull().noIndex(),
        related_id: references('qa_service_event').notNull(),
      },
      { primaryKey: ['service_event_id', 'related_id'] },
    )
    await schema.addColumn('qa_service_event_schedule', 'last_instance_id', references('qa_service_event'))
    await addOwnersOfComments(schema)
    await addOwnersOfAttachments(schema)
  },
}

/** A comment is about a session, a service event or a fault. */
async function addOwnersOfComments(schema: SchemaBuilder): Promise<void> {
  if (schema.kind === 'postgres') {
    await schema.raw({ postgres: 'alter table qa_comment alter column session_id drop not null' })
    await schema.addColumn('qa_comment', 'service_event_id', references('qa_service_event'))
    await schema.addColumn('qa_comment', 'fault_id', references('qa_fault'))
    return
  }
  // SQLite changes no column: the rows move to a new table of the same name
  await schema.createTable(
    'qa_comment_of_any',
    {
      id: key(),
      session_id: references('qa_session').noIndex(),
      user_id: references('access_user'),
      submit_date: instant().notNull(),
      comment: text().notNull().folded(),
      version: integer().notNull().default(1),
      service_event_id: references('qa_service_event'),
      fault_id: references('qa_fault'),
    },
    { index: [['session_id', 'submit_date'], ['-submit_date']] },
  )
  await schema.raw({
    sqlite: `insert into qa_comment_of_any (id, session_id, user_id, submit_date, comment, comment_folded, version)
      select id, session_id, user_id, submit_date, comment, comment_folded, version from qa_comment`,
  })
  await schema.dropTable('qa_comment')
  await schema.raw({ sqlite: 'alter table qa_comment_of_any rename to qa_comment' })
}

const OWNERS = [
  'test_id',
  'test_list_id',
  'test_list_cycle_id',
  'session_id',
  'result_id',
  'unit_id',
  'service_event_id',
  'part_id',
  'fault_id',
]

async function addOwnersOfAttachments(schema: SchemaBuilder): Promise<void> {
  await schema.dropIndex('qa_attachment_temporary')
  await schema.addColumn('qa_attachment', 'unit_id', references('qa_unit'))
  await schema.addColumn('qa_attachment', 'service_event_id', references('qa_service_event'))
  await schema.addColumn('qa_attachment', 'part_id', references('qa_part'))
  await schema.addColumn('qa_attachment', 'fault_id', references('qa_fault'))
  await schema.createIndex('qa_attachment', {
    name: 'qa_attachment_temporary',
    columns: ['created_at'],
    where: OWNERS.map((owner) => `${owner} is null`).join(' and '),
  })
}
