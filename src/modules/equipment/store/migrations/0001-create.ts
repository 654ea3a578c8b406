import {
  day,
  instant,
  integer,
  key,
  type Migration,
  references,
  text,
} from '../../../../platform/database/schema-builder.ts'

export const createEquipment: Migration = {
  id: 'equipment-0001-create',
  async up(schema) {
    await schema.createTable('equipment_site', {
      id: key(),
      name: text().notNull().folded().unique(),
      slug: text().notNull().folded().unique(),
      created_at: instant().notNull(),
      created_by_id: references('access_user').noIndex(),
      modified_at: instant().notNull(),
      modified_by_id: references('access_user').noIndex(),
      retired_at: instant(),
      version: integer().notNull().default(1),
    })
    await schema.createTable('equipment_equipment', {
      id: key(),
      name: text().notNull().folded(),
      asset_number: text().folded().unique(),
      maker: text().folded(),
      model: text().folded(),
      serial_number: text().folded(),
      site_id: references('equipment_site'),
      place: text().folded(),
      in_service_from: day(),
      in_service_to: day(),
      notes: text().folded(),
      created_at: instant().notNull(),
      created_by_id: references('access_user').noIndex(),
      modified_at: instant().notNull(),
      modified_by_id: references('access_user').noIndex(),
      retired_at: instant(),
      version: integer().notNull().default(1),
    })
  },
}
