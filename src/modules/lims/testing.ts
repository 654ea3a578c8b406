import { sql } from 'kysely'
import { makeContext } from '../../../tests/support/make-context.ts'
import type { Context } from '../../context.ts'
import type { UserActor } from '../../core/actor.ts'
import type { RecordType } from '../../core/record.ts'
import type { DatabaseHandle } from '../../platform/database/database.ts'
import { permissionsOfRoles } from '../access/domain/role-group.ts'
import { ROLE_GROUPS } from '../access/domain/role-groups.ts'
import { groupRecord } from '../access/records/group.ts'
import { permissionRecord } from '../access/records/permission.ts'
import { userRecord } from '../access/records/user.ts'
import { createAccess } from '../access/store/migrations/0001-access.ts'
import { createAudit } from '../audit/store/migrations/0001-create.ts'
import { equipment } from '../equipment/records/equipment.ts'
import { site } from '../equipment/records/site.ts'
import { createEquipment } from '../equipment/store/migrations/0001-create.ts'
import { createRecord } from '../records/save-record.ts'
import { createReports } from '../reports/store/migrations/0001-create.ts'
import { limsHooks } from './hooks.ts'
import { LIMS_PERMISSIONS, LIMS_ROLE_GRANTS } from './permissions.ts'
import { limsRecords } from './records/all.ts'
import { category } from './records/category.ts'
import { client } from './records/client.ts'
import { contact } from './records/contact.ts'
import { department } from './records/department.ts'
import { sampleType } from './records/sample-type.ts'
import { service } from './records/service.ts'
import { type RegisteredSample, registerSamples } from './register-samples.ts'
import type { NewRequest } from './registering/new-request.ts'
import type { Calculations } from './results/calculate-request.ts'
import { createLims } from './store/migrations/0001-create.ts'
import { addCertificates } from './store/migrations/0002-certificates.ts'

export const LIMS_TEST_MIGRATIONS = [
  createAudit,
  createAccess,
  createEquipment,
  createLims,
  createReports,
  addCertificates,
]
export const LIMS_TEST_RECORDS: readonly RecordType[] = [
  userRecord,
  groupRecord,
  permissionRecord,
  site,
  equipment,
  ...limsRecords,
]

/** The instant at which tests happen unless they say otherwise. */
export const TEST_NOW = new Date('2026-03-02T14:00:00Z')

/** Stands where a test calculates nothing. */
export const NO_CALCULATIONS: Calculations = {
  evaluate: () => Promise.reject(new Error('this test gave no calculation engine')),
}

/** A context for tests of verbs: the system, in Toronto, with a clock that stands still. */
export function makeLimsContext(database: DatabaseHandle, parts: Partial<Context> = {}): Context {
  return makeContext(database, {
    records: LIMS_TEST_RECORDS,
    recordHooks: limsHooks({ check: async () => [] }),
    now: () => TEST_NOW,
    ...parts,
  })
}

const ROLES = permissionsOfRoles(
  ROLE_GROUPS.filter(({ key }) => key.startsWith('lims.')),
  [LIMS_ROLE_GRANTS],
  new Set(LIMS_PERMISSIONS.map(({ code }) => code)),
)

let made = 0

function unique(): number {
  made += 1
  return made
}

/** The same context as a new person with these roles of the laboratory, `lims.` left out. */
export async function asRole(
  ctx: Context,
  ...roles: readonly string[]
): Promise<Context & { readonly actor: UserActor }> {
  const username = `${roles[0] ?? 'nobody'}${unique()}`
  const { rows } = await sql<{ id: number }>`
    insert into access_user (version, username, username_folded, first_name, first_name_folded, last_name, last_name_folded,
      is_active, is_staff, is_administrator, date_joined, created_at, modified_at)
    values (1, ${username}, ${username}, '', '', '', '', ${true}, ${false}, ${false}, ${TEST_NOW}, ${TEST_NOW}, ${TEST_NOW})
    returning id`.execute(ctx.database.db)
  const permissions = new Set(roles.flatMap((role) => [...(ROLES.get(`lims.${role}`) ?? [])]))
  const actor: UserActor = {
    kind: 'user',
    id: rows[0]?.id ?? 0,
    username,
    isAdministrator: false,
    permissions,
    groupIds: [],
  }
  return { ...ctx, actor, origin: { requestId: 'test', credential: 'session' } }
}

export async function makeService(
  ctx: Context,
  lab: Pick<TestLab, 'categoryId'>,
  keyword: string,
  parts: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  const { id } = await createRecord(ctx, service, {
    title: keyword,
    keyword,
    category: lab.categoryId,
    ...parts,
  })
  return id
}

/** A small laboratory: one client with a contact, one sample type, three services. */
export type TestLab = {
  readonly clientId: number
  readonly contactId: number
  readonly sampleTypeId: number
  readonly categoryId: number
  readonly services: Readonly<Record<'Ca' | 'Cu' | 'Mg', number>>
}

export async function makeLab(ctx: Context): Promise<TestLab> {
  const number = unique()
  const { id: departmentId } = await createRecord(ctx, department, { title: 'Chemistry' })
  const { id: categoryId } = await createRecord(ctx, category, { title: 'Metals', department: departmentId })
  const { id: clientId } = await createRecord(ctx, client, {
    name: `Happy Hills ${number}`,
    clientId: `HH${number}`,
  })
  const { id: contactId } = await createRecord(ctx, contact, {
    client: clientId,
    firstname: 'Rita',
    surname: 'Mohale',
  })
  const { id: sampleTypeId } = await createRecord(ctx, sampleType, {
    title: `Apple Pulp ${number}`,
    prefix: `AP${number}x`,
    minimumVolume: '10 ml',
  })
  const lab = { clientId, contactId, sampleTypeId, categoryId }
  const suffix = number === 1 ? '' : `_${number}`
  return {
    ...lab,
    services: {
      Ca: await makeService(ctx, lab, `Ca${suffix}`, { maxTimeAllowed: 172_800 }),
      Cu: await makeService(ctx, lab, `Cu${suffix}`),
      Mg: await makeService(ctx, lab, `Mg${suffix}`),
    },
  }
}

/** Registers one sample of the laboratory, with all its services unless told otherwise. */
export async function makeSample(
  ctx: Context,
  lab: TestLab,
  parts: Partial<NewRequest> = {},
): Promise<RegisteredSample> {
  const [sample] = await registerSamples(ctx, [
    {
      client: lab.clientId,
      contact: lab.contactId,
      sampleType: lab.sampleTypeId,
      samplingDate: new Date('2026-03-01T05:00:00Z'),
      services: Object.values(lab.services),
      ...parts,
    },
  ])
  if (!sample) throw new Error('nothing was registered')
  return sample
}
