import {
  boolean,
  instant,
  integer,
  key,
  type Migration,
  references,
  type SchemaBuilder,
  sharedKey,
  text,
  uuidKey,
} from '../../../../platform/database/schema-builder.ts'

export const createAccess: Migration = {
  id: 'access-0001-create',
  async up(schema) {
    await createUsers(schema)
    await createGroups(schema)
    await createCredentials(schema)
    await createIssuedSecrets(schema)
    await createLoginFailures(schema)
  },
}

async function createUsers(schema: SchemaBuilder): Promise<void> {
  await schema.createTable(
    'access_user',
    {
      id: key(),
      version: integer().notNull(),
      username: text().notNull().unique().folded(),
      first_name: text().notNull().default('').folded(),
      last_name: text().notNull().default('').folded(),
      email: text().folded(),
      is_active: boolean().notNull(),
      is_staff: boolean().notNull(),
      is_administrator: boolean().notNull(),
      date_joined: instant().notNull(),
      last_login_at: instant(),
      credentials_valid_from: instant(),
      api_keys_issued: integer().notNull().default(0),
      created_at: instant().notNull(),
      created_by_id: references('access_user').onDelete('set null'),
      modified_at: instant().notNull(),
      modified_by_id: references('access_user').onDelete('set null'),
    },
    { unique: [['email_folded']], index: [['username_folded']] },
  )
  // one row; its number changes with everything that changes what somebody may do
  await schema.createTable('access_epoch', { id: key(), epoch: integer().notNull() })
  await schema.raw({
    sqlite: 'insert into access_epoch (id, epoch) values (1, 1)',
    postgres: 'insert into access_epoch (id, epoch) values (1, 1)',
  })
}

async function createGroups(schema: SchemaBuilder): Promise<void> {
  await schema.createTable('access_group', {
    id: key(),
    version: integer().notNull(),
    name: text().notNull().unique().folded(),
    description: text().notNull().default('').folded(),
    created_at: instant().notNull(),
    created_by_id: references('access_user').onDelete('set null'),
    modified_at: instant().notNull(),
    modified_by_id: references('access_user').onDelete('set null'),
  })
  await schema.createTable('access_permission', {
    id: key(),
    version: integer().notNull(),
    code: text().notNull().unique().folded(),
    title: text().notNull().folded(),
    module: text().notNull().folded(),
    retired_at: instant(),
  })
  await schema.createTable(
    'access_user_group',
    {
      user_id: references('access_user').notNull().onDelete('cascade').noIndex(),
      group_id: references('access_group').notNull().onDelete('cascade'),
    },
    { primaryKey: ['user_id', 'group_id'] },
  )
  await schema.createTable(
    'access_group_permission',
    {
      group_id: references('access_group').notNull().onDelete('cascade').noIndex(),
      permission_id: references('access_permission').notNull().onDelete('cascade'),
    },
    { primaryKey: ['group_id', 'permission_id'] },
  )
  await schema.createTable('access_role_group', {
    id: uuidKey(),
    group_id: references('access_group').onDelete('set null'),
  })
}

async function createCredentials(schema: SchemaBuilder): Promise<void> {
  await schema.createTable('access_password', {
    user_id: sharedKey('access_user').onDelete('cascade'),
    hash: text().notNull(),
    changed_at: instant().notNull(),
  })
  await schema.createTable(
    'access_session',
    {
      id: key(),
      secret_hash: text().notNull().unique(),
      user_id: references('access_user').notNull().onDelete('cascade'),
      started_at: instant().notNull(),
      last_seen_at: instant().notNull(),
      expires_at: instant().notNull(),
      // milliseconds without a request after which it ends; null where only the expiry counts
      idle_limit_ms: integer(),
      address: text(),
      user_agent: text(),
    },
    { index: [['expires_at']] },
  )
  await schema.createTable('access_token', {
    id: key(),
    user_id: references('access_user').notNull().onDelete('cascade'),
    name: text().notNull(),
    secret_hash: text().notNull().unique(),
    // the user whose token can be shown again; at most one per user
    shown_again_to_id: integer().unique(),
    sealed: text(),
    created_at: instant().notNull(),
    created_by_id: references('access_user').onDelete('set null'),
    expires_at: instant(),
    last_used_at: instant(),
    revoked_at: instant(),
  })
}

async function createIssuedSecrets(schema: SchemaBuilder): Promise<void> {
  await schema.createTable(
    'access_api_key',
    {
      id: key(),
      user_id: references('access_user').notNull().onDelete('cascade').noIndex(),
      // counted per developer from 1
      number: integer().notNull(),
      name: text().notNull(),
      prefix: text().notNull().unique(),
      secret_hash: text().notNull(),
      created_at: instant().notNull(),
      expires_at: instant(),
      last_used_at: instant(),
      revoked_at: instant(),
      deleted_at: instant(),
    },
    { unique: [['user_id', 'number']] },
  )
  await schema.createTable('access_link', {
    id: key(),
    secret_hash: text().notNull().unique(),
    purpose: text().notNull(),
    user_id: references('access_user').onDelete('cascade'),
    created_at: instant().notNull(),
    expires_at: instant().notNull(),
    used_at: instant(),
  })
}

async function createLoginFailures(schema: SchemaBuilder): Promise<void> {
  await schema.createTable(
    'access_login_failure',
    {
      id: key(),
      at: instant().notNull(),
      name_hash: text().notNull(),
      user_id: integer(),
      address: text(),
    },
    { index: [['name_hash', 'at'], ['user_id', 'at'], ['address', 'at'], ['at']] },
  )
}
