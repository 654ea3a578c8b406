import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../../context.ts'
import type { UserActor } from '../../core/actor.ts'
import { addDays, zoneDay } from '../../core/calendar.ts'
import { equals } from '../../core/query.ts'
import { listRecords } from '../../modules/records/list-records.ts'
import { createRecord } from '../../modules/records/save-record.ts'
import { proposeSampleId } from '../../modules/research/domain/sample-id.ts'
import type { SpooledFile } from '../../modules/research/domain/stored-file.ts'
import { importWithId } from '../../modules/research/import-with-id.ts'
import { makeRun } from '../../modules/research/make-run.ts'
import { recordExperiment } from '../../modules/research/record-experiment.ts'
import { fundingBodyRecord } from '../../modules/research/records/funding-body.ts'
import { instituteRecord } from '../../modules/research/records/institute.ts'
import { methodRecord } from '../../modules/research/records/method.ts'
import { projectRecord } from '../../modules/research/records/project.ts'
import { sampleTypeRecord } from '../../modules/research/records/sample-type.ts'
import { staffRecord } from '../../modules/research/records/staff.ts'
import { termRecord } from '../../modules/research/records/term.ts'
import { vocabularyRecord } from '../../modules/research/records/vocabulary.ts'
import { type NewSample, registerSample } from '../../modules/research/register-sample.ts'
import type { ResearchServices } from '../../modules/research/research-services.ts'
import { storeFile } from '../../modules/research/store-file.ts'
import type { DemoPeople } from '../seed-accounts.ts'
import { DEMO_EXPERIMENTS, DEMO_METHODS, DEMO_SAMPLES, DEMO_STEPS, type DemoSample } from './route.data.ts'

const EXAMPLES = join(import.meta.dirname, '..', '..', '..', 'examples')
const DAY_MS = 86_400_000

/** Institutes, people and projects, and the way of a battery through the laboratories, with files. */
export async function seedResearchDemonstration(
  tx: Context,
  people: DemoPeople,
  services: ResearchServices,
): Promise<void> {
  await seedSurroundings(tx, people)
  const methods = await seedMethods(tx)
  const researcher = people.actor('researcher')
  const types = await typeIds(tx)
  const made = new Map<string, number>()
  const outputs = new Set(DEMO_STEPS.flatMap((step) => step.outputs))
  for (const sample of DEMO_SAMPLES.filter(({ key }) => !outputs.has(key))) {
    const acting = actingDaysAgo(tx, researcher, sample.daysAgo)
    const input = { ...newSample(acting, sample, types), methodId: null, parentId: null }
    made.set(
      sample.key,
      (await registerSample(acting, services, input, { violations: 'keep', legacy: true })).id,
    )
  }
  for (const step of DEMO_STEPS) {
    const samples = step.outputs.map(sampleOf)
    const [first] = samples
    if (!first) continue
    const acting = actingDaysAgo(tx, researcher, first.daysAgo)
    const run = await makeRun(acting, services, {
      kind: step.kind,
      name: step.method,
      performedOn: dayOf(acting),
      projectId: first.project,
      methodId: required(methods, step.method),
      notes: null,
      inputs: step.inputs.map((key) => ({
        sampleId: required(made, key),
        amount: amountOf(sampleOf(key)),
        consumed: true,
      })),
      outputs: samples.map((sample, index) => newSample(acting, sample, types, index)),
    })
    for (const [index, key] of step.outputs.entries()) made.set(key, run.outputs[index]?.id ?? 0)
  }
  for (const experiment of DEMO_EXPERIMENTS) {
    const sample = sampleOf(experiment.sample)
    const acting = actingDaysAgo(tx, researcher, sample.daysAgo - 2)
    await recordExperiment(acting, services, {
      name: experiment.name,
      dateCreated: dayOf(acting),
      sampleId: required(made, experiment.sample),
      methodId: required(methods, experiment.method),
      staffId: experiment.staff,
      projectId: sample.project,
      file: await storeFile(acting, services, exampleFile('experiment.zip')),
    })
  }
}

async function seedSurroundings(tx: Context, people: DemoPeople): Promise<void> {
  const [researcher, curator] = [people.actor('researcher').id, people.actor('curator').id]
  const freiberg = {
    affiliation: 'TU Bergakademie Freiberg',
    postcode: '09599',
    city: 'Freiberg',
    telephone: '03731 39 0',
  }
  await createRecord(tx, instituteRecord, {
    ...freiberg,
    name: 'Institute of Mechanical Process Engineering',
    street: 'Agricolastrasse 1',
    email: 'mvtat@example.org',
    members: [researcher, curator],
  })
  await createRecord(tx, instituteRecord, {
    ...freiberg,
    name: 'Institute of Technical Chemistry',
    street: 'Leipziger Strasse 29',
    email: 'chemistry@example.org',
    members: [curator],
  })
  await createRecord(tx, instituteRecord, {
    name: 'Institute for Resource Technology',
    street: 'Chemnitzer Strasse 40',
    postcode: '01187',
    city: 'Dresden',
    telephone: '0351 260 0',
    email: 'resources@example.org',
    members: [],
  })
  await createRecord(tx, fundingBodyRecord, { name: 'Federal Ministry of Research' })
  await createRecord(tx, fundingBodyRecord, { name: 'Research Foundation' })
  const year = Number(dayOf(tx).slice(0, 4))
  const funded = { fundingPeriodStart: `${year - 2}-01-01`, fundingPeriodEnd: `${year + 1}-12-31` }
  await createRecord(tx, projectRecord, {
    ...funded,
    name: 'Recycling of traction batteries',
    abbreviation: 'ReTrac',
    fundingBody: 1,
    fundingNumber: '03XP0001',
  })
  await createRecord(tx, projectRecord, {
    ...funded,
    name: 'Leaching of black mass',
    abbreviation: 'LeachBM',
    fundingBody: 2,
    fundingNumber: 'RF 4711',
  })
  await createRecord(tx, projectRecord, {
    ...funded,
    name: 'Anode materials',
    abbreviation: 'AnoMat',
    fundingBody: 2,
    fundingNumber: 'RF 4712',
    confidential: true,
    members: [curator],
  })
  const staff = ['Cora Anders', 'Emil Berger', 'Dana Conrad', 'Finn Dietrich']
  for (const [index, name] of staff.entries()) {
    const email = `${name.toLowerCase().replace(' ', '.')}@example.org`
    await createRecord(tx, staffRecord, { name, email, institute: index < 2 ? 1 : 2, active: true })
  }
  const { id } = await createRecord(tx, vocabularyRecord, { name: 'Foil materials', key: 'foil-materials' })
  for (const [code, label] of [
    ['al', 'Aluminium'],
    ['cu', 'Copper'],
    ['steel', 'Steel'],
  ])
    await createRecord(tx, termRecord, { vocabulary: id, code, label })
}

async function seedMethods(tx: Context): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>()
  for (const [index, name] of DEMO_METHODS.entries()) {
    const method = { name, institute: index < 5 ? 1 : 2, massTolerance: 5 }
    ids.set(name, (await createRecord(tx, methodRecord, method)).id)
  }
  // the method that the sample id of the users' document names
  const known = {
    name: 'Laser diffraction',
    institute: 1,
    description: null,
    equipment: null,
    massTolerance: null,
    file: null,
  }
  await importWithId(tx, methodRecord, 102, known)
  return ids
}

async function typeIds(tx: Context): Promise<ReadonlyMap<string, number>> {
  const page = { where: equals('listed', true), order: [], limit: 100, offset: 0 }
  const { rows } = await listRecords(tx, sampleTypeRecord, page, { total: 'none' })
  return new Map(rows.map((row) => [String(row.name), row.id]))
}

type NewOutput = Omit<NewSample, 'parentId' | 'methodId'>

function newSample(
  acting: Context,
  sample: DemoSample,
  types: ReadonlyMap<string, number>,
  position = 0,
): NewOutput {
  const at = new Date(acting.now().getTime() - position * 1000)
  return {
    sampleId: proposeSampleId(at, 1, null),
    name: sample.name,
    dateCreated: dayOf(acting),
    instituteId: 1,
    projectId: sample.project,
    sampleTypeId: required(types, sample.type),
    info: sample.info,
    amount: amountOf(sample),
    location: `Store A, shelf ${1 + (sample.daysAgo % 4)}`,
  }
}

function amountOf({ grams }: DemoSample) {
  return grams === undefined ? null : { value: grams, unit: 'g' }
}

function sampleOf(key: string): DemoSample {
  const found = DEMO_SAMPLES.find((sample) => sample.key === key)
  if (!found) throw new Error(`the demonstration has no sample ${key}`)
  return found
}

function required(ids: ReadonlyMap<string, number>, name: string): number {
  const id = ids.get(name)
  if (id === undefined) throw new Error(`the demonstration has no ${name}`)
  return id
}

/** At a time of day that tells samples of the same day apart. */
function actingDaysAgo(tx: Context, actor: UserActor, days: number): Context {
  const day = addDays(zoneDay(tx.now(), 'UTC'), -days)
  const at = new Date(new Date(`${day}T09:00:00Z`).getTime() + (days % 97) * 13_000)
  return {
    ...tx,
    actor,
    now: () => (at.getTime() < tx.now().getTime() ? at : new Date(tx.now().getTime() - DAY_MS)),
  }
}

function dayOf(ctx: Context): string {
  return zoneDay(ctx.now(), 'UTC')
}

function exampleFile(name: string): SpooledFile {
  const path = join(EXAMPLES, name)
  return { name, path, bytes: statSync(path).size }
}
