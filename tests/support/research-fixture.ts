import { asSystem, type Context } from '../../src/context.ts'
import { compare } from '../../src/core/query.ts'
import { createUser } from '../../src/modules/access/create-user.ts'
import { groupRecord } from '../../src/modules/access/records/group.ts'
import { listRecords } from '../../src/modules/records/list-records.ts'
import { createRecord } from '../../src/modules/records/save-record.ts'
import { fundingBodyRecord } from '../../src/modules/research/records/funding-body.ts'
import { instituteRecord } from '../../src/modules/research/records/institute.ts'
import { methodRecord } from '../../src/modules/research/records/method.ts'
import { projectRecord } from '../../src/modules/research/records/project.ts'
import { staffRecord } from '../../src/modules/research/records/staff.ts'
import type { Site } from '../../src/site.ts'

/** Accounts of the fixture: a researcher of institute 1, one of institute 2, a reader, and somebody of another part. */
export const RESEARCH_USERS = {
  researcher: 'Researchers',
  stranger: 'Researchers',
  reader: 'Research viewers',
  imaging: 'Imaging',
  curator: 'Research curators',
} as const

export const RESEARCH_PASSWORD = 'password of the fixture'

const INSTITUTE = {
  affiliation: 'TU Bergakademie Freiberg',
  street: 'Agricolastrasse 1',
  postcode: '09599',
  city: 'Freiberg',
  telephone: '03731 39 0',
  email: 'office@example.org',
}

/** Two institutes in different cities, two projects of which one is confidential, two methods and staff; ids from 1. */
export async function fillResearch(
  site: Site,
): Promise<Readonly<Record<keyof typeof RESEARCH_USERS, number>>> {
  const ctx = asSystem(site.base, 'test')
  const users = {
    researcher: await addUser(site, ctx, 'researcher'),
    stranger: await addUser(site, ctx, 'stranger'),
    reader: await addUser(site, ctx, 'reader'),
    imaging: await addUser(site, ctx, 'imaging'),
    curator: await addUser(site, ctx, 'curator'),
  }
  await createRecord(ctx, instituteRecord, { ...INSTITUTE, name: 'MVTAT', members: [users.researcher] })
  const dresden = { ...INSTITUTE, name: 'IKTS', city: 'Dresden', postcode: '01277', affiliation: null }
  await createRecord(ctx, instituteRecord, { ...dresden, members: [users.stranger] })
  await createRecord(ctx, fundingBodyRecord, { name: 'BMBF' })
  const project = {
    fundingBody: 1,
    fundingNumber: '03X',
    fundingPeriodStart: '2020-01-01',
    fundingPeriodEnd: '2029-12-31',
  }
  await createRecord(ctx, projectRecord, { ...project, name: 'Proj', abbreviation: 'P' })
  await createRecord(ctx, projectRecord, {
    ...project,
    name: 'Secret',
    abbreviation: 'S',
    confidential: true,
  })
  await createRecord(ctx, methodRecord, { name: 'Sieving', institute: 1 })
  await createRecord(ctx, methodRecord, { name: 'Crushing', institute: 1 })
  await createRecord(ctx, staffRecord, {
    name: 'Cora Staff',
    email: 'cora@example.org',
    institute: 1,
    active: true,
  })
  return users
}

async function addUser(site: Site, ctx: Context, username: keyof typeof RESEARCH_USERS): Promise<number> {
  const where = compare('name', 'in', [RESEARCH_USERS[username]])
  const { rows } = await listRecords(
    ctx,
    groupRecord,
    { where, order: [], limit: 1, offset: 0 },
    { relations: 'none' },
  )
  const user = { username, email: `${username}@example.org`, groups: rows.map(({ id }) => id) }
  return (
    await createUser(ctx, site.access, { ...user, password: RESEARCH_PASSWORD }, { password: 'unchecked' })
  ).id
}
