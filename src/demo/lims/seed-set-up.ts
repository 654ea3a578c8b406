import type { Context } from '../../context.ts'
import type { RecordType } from '../../core/record.ts'
import { batch } from '../../modules/lims/records/batch.ts'
import { calculation } from '../../modules/lims/records/calculation.ts'
import { category } from '../../modules/lims/records/category.ts'
import { client } from '../../modules/lims/records/client.ts'
import { contact } from '../../modules/lims/records/contact.ts'
import { container } from '../../modules/lims/records/container.ts'
import { department } from '../../modules/lims/records/department.ts'
import { instrument } from '../../modules/lims/records/instrument.ts'
import { certification } from '../../modules/lims/records/instrument-events.ts'
import { labContact } from '../../modules/lims/records/lab-contact.ts'
import { laboratory } from '../../modules/lims/records/laboratory.ts'
import { method } from '../../modules/lims/records/method.ts'
import { preservation } from '../../modules/lims/records/preservation.ts'
import { profile } from '../../modules/lims/records/profile.ts'
import { referenceDefinition } from '../../modules/lims/records/reference-definition.ts'
import { referenceSample } from '../../modules/lims/records/reference-sample.ts'
import { samplePoint } from '../../modules/lims/records/sample-point.ts'
import { sampleType } from '../../modules/lims/records/sample-type.ts'
import { service } from '../../modules/lims/records/service.ts'
import { settings } from '../../modules/lims/records/settings.ts'
import { specification } from '../../modules/lims/records/specification.ts'
import { storageLocation } from '../../modules/lims/records/storage-location.ts'
import { supplier } from '../../modules/lims/records/supplier.ts'
import { template } from '../../modules/lims/records/template.ts'
import {
  containerType,
  instrumentLocation,
  instrumentType,
  manufacturer,
  sampleCondition,
  sampleMatrix,
  samplingDeviation,
} from '../../modules/lims/records/titled.ts'
import { worksheetTemplate } from '../../modules/lims/records/worksheet-template.ts'
import { findRecords } from '../../modules/records/list-records.ts'
import { createRecord } from '../../modules/records/save-record.ts'
import type { AnyRow } from '../../platform/records/row-codec.ts'
import type { DemoPeople } from '../seed-accounts.ts'
import { CLIENTS, LAB_CONTACTS, SAMPLE_TYPES, SERVICES } from './set-up.data.ts'

/** What the samples of the demonstration are made with. */
export type DemoSetUp = {
  /** by number, from 1 */
  readonly clients: readonly AnyRow[]
  /** first contact of each client */
  readonly contacts: readonly number[]
  readonly services: ReadonlyMap<string, number>
  readonly sampleTypes: ReadonlyMap<string, number>
  readonly containers: readonly number[]
}

const DAY_S = 86_400
const DAY_MS = 86_400_000

/** Set-up of the laboratory: clients, services, sample types and what surrounds them. */
export async function seedSetUp(ctx: Context, people: DemoPeople): Promise<DemoSetUp> {
  const make = async (record: RecordType, values: Readonly<Record<string, unknown>>) =>
    (await createRecord(ctx, record, values)).id
  await make(settings, {
    rejectionReasons: ['Insufficient volume', 'Broken container', 'Wrong temperature'],
    currency: 'CAD',
  })
  await make(laboratory, {
    name: 'Touchstone Laboratory',
    emailAddress: 'lab@example.org',
    phone: '+1 416 555 0100',
    confidence: 95,
    laboratoryAccredited: true,
    accreditationBody: 'Demonstration Accreditation Council',
    accreditationReference: 'ISO/IEC 17025:2017, T0042',
    physicalAddress: {
      address: '12 Bench Street',
      city: 'Toronto',
      zip: 'M5V 1A1',
      state: 'Ontario',
      district: '',
      country: 'Canada',
    },
  })
  const departments = await makeTitled(ctx, department, ['Chemistry', 'Office'])
  for (const [username, firstname, surname, title] of LAB_CONTACTS) {
    await make(labContact, {
      firstname,
      surname,
      department: departments.get(title),
      user: people.actor(username).id,
      emailAddress: `${username}@example.org`,
    })
  }
  const categories = new Map<string, number>()
  for (const title of ['Metals', 'Feed', 'Water'])
    categories.set(title, await make(category, { title, department: departments.get('Chemistry') }))
  const methods = await seedBench(ctx)
  const services = await seedServices(ctx, categories, methods)
  const { types, containers } = await seedSampleTypes(ctx)
  const { clients, contacts } = await seedClients(ctx, people)
  await make(batch, { title: 'A Batch', batchDate: ctx.now() })
  await seedTemplates(ctx, services, types)
  await seedReferences(ctx, services)
  return { clients, contacts, services, sampleTypes: types, containers }
}

async function makeTitled(
  ctx: Context,
  record: RecordType,
  titles: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const made = new Map<string, number>()
  for (const title of titles) made.set(title, (await createRecord(ctx, record, { title })).id)
  return made
}

async function seedBench(ctx: Context): Promise<ReadonlyMap<string, number>> {
  const methods = new Map<string, number>()
  for (const [title, methodId] of [
    ['ICP-OES', 'M-101'],
    ['Gravimetry', 'M-102'],
    ['Electrochemistry', 'M-103'],
  ] as const) {
    methods.set(title, (await createRecord(ctx, method, { title, methodId })).id)
  }
  const { id: type } = await createRecord(ctx, instrumentType, { title: 'Spectrometer' })
  const { id: maker } = await createRecord(ctx, manufacturer, { title: 'Lumen Instruments' })
  const { id: supplierId } = await createRecord(ctx, supplier, {
    name: 'Laboratory Supplies',
    emailAddress: 'orders@example.org',
  })
  const { id: place } = await createRecord(ctx, instrumentLocation, { title: 'Room 4' })
  for (const [title, serialNo, validDays] of [
    ['ICP-OES 1', 'LI-4471', 200],
    ['ICP-OES 2', 'LI-3902', 12],
  ] as const) {
    const { id } = await createRecord(ctx, instrument, {
      title,
      serialNo,
      instrumentType: type,
      manufacturer: maker,
      supplier: supplierId,
      instrumentLocation: place,
      method: methods.get('ICP-OES'),
      methods: [methods.get('ICP-OES')],
    })
    await createRecord(ctx, certification, {
      title: `Certificate of ${title}`,
      instrument: id,
      agency: 'Demonstration Metrology',
      validFrom: new Date(ctx.now().getTime() - 160 * DAY_MS),
      validTo: new Date(ctx.now().getTime() + validDays * DAY_MS),
    })
  }
  return methods
}

const METHOD_OF_CATEGORY: Readonly<Record<string, string>> = {
  Metals: 'ICP-OES',
  Feed: 'Gravimetry',
  Water: 'Electrochemistry',
}

async function seedServices(
  ctx: Context,
  categories: ReadonlyMap<string, number>,
  methods: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, number>> {
  const services = new Map<string, number>()
  for (const { keyword, title, unit, category: of, precision, price, upper, hours } of SERVICES) {
    const { id } = await createRecord(ctx, service, {
      title,
      keyword,
      unit,
      precision,
      price,
      upperDetectionLimit: upper,
      category: categories.get(of),
      method: methods.get(METHOD_OF_CATEGORY[of] ?? ''),
      maxTimeAllowed: hours * 3600,
      duplicateVariation: 10,
      accredited: of !== 'Water',
      detectionLimitSelector: of === 'Metals',
      allowManualDetectionLimit: of === 'Metals',
      lowerDetectionLimit: of === 'Metals' ? 0.005 : 0,
      uncertainties:
        of === 'Metals' ? [{ intercept_min: '0', intercept_max: String(upper), errorvalue: '5%' }] : [],
    })
    services.set(keyword, id)
  }
  const { id: hardness } = await createRecord(ctx, calculation, {
    title: 'Total hardness',
    formula: '2.497 * [Ca] + 4.118 * [Mg]',
  })
  const { id } = await createRecord(ctx, service, {
    title: 'Total Hardness',
    keyword: 'Hardness',
    unit: 'mg/l',
    precision: 1,
    price: 4,
    category: categories.get('Water'),
    calculation: hardness,
    manualEntryOfResults: false,
    maxTimeAllowed: 48 * 3600,
  })
  return services.set('Hardness', id)
}

async function seedSampleTypes(
  ctx: Context,
): Promise<{ readonly types: ReadonlyMap<string, number>; readonly containers: readonly number[] }> {
  await makeTitled(ctx, sampleMatrix, ['Plant', 'Water', 'Air'])
  await makeTitled(ctx, sampleCondition, ['Cool and intact', 'Warm', 'Leaking'])
  await makeTitled(ctx, samplingDeviation, ['Late', 'Wrong point'])
  await createRecord(ctx, storageLocation, {
    title: 'Cold room 1, shelf A',
    siteTitle: 'Cold room 1',
    shelfTitle: 'A',
  })
  const { id: bottle } = await createRecord(ctx, containerType, { title: 'Bottle' })
  const { id: acid } = await createRecord(ctx, preservation, {
    title: 'Nitric acid, pH below 2',
    category: 'lab',
  })
  const containers = [
    (
      await createRecord(ctx, container, {
        title: 'Bottle 500 ml',
        capacity: '500 ml',
        containerType: bottle,
      })
    ).id,
    (
      await createRecord(ctx, container, {
        title: 'Bottle 250 ml, acidified',
        capacity: '250 ml',
        containerType: bottle,
        prePreserved: true,
        preservation: acid,
      })
    ).id,
    (await createRecord(ctx, container, { title: 'Bag 1 l', capacity: '1 l' })).id,
  ]
  const types = new Map<string, number>()
  for (const { retentionDays, prefix, ...rest } of SAMPLE_TYPES) {
    types.set(
      prefix,
      (await createRecord(ctx, sampleType, { ...rest, prefix, retentionPeriod: retentionDays * DAY_S })).id,
    )
  }
  await createRecord(ctx, samplePoint, { title: 'Intake', sampleTypes: [types.get('H2O'), types.get('W13')] })
  await createRecord(ctx, samplePoint, { title: 'Outlet', sampleTypes: [types.get('W13')] })
  return { types, containers }
}

async function seedClients(
  ctx: Context,
  people: DemoPeople,
): Promise<{ readonly clients: readonly AnyRow[]; readonly contacts: readonly number[] }> {
  const clients: AnyRow[] = []
  const contacts: number[] = []
  for (const { name, clientId, people: persons } of CLIENTS) {
    const row = await createRecord(ctx, client, {
      name,
      clientId,
      emailAddress: `${clientId.toLowerCase()}@example.org`,
    })
    clients.push(row)
    const ids: number[] = []
    for (const [firstname, surname] of persons) {
      const user = firstname === 'Rita' ? people.actor('client1').id : null
      const emailAddress = `${firstname.toLowerCase()}@${clientId.toLowerCase()}.example.org`
      ids.push(
        (await createRecord(ctx, contact, { client: row.id, firstname, surname, emailAddress, user })).id,
      )
    }
    contacts.push(ids[0] ?? 0)
  }
  return { clients, contacts }
}

async function seedTemplates(
  ctx: Context,
  services: ReadonlyMap<string, number>,
  types: ReadonlyMap<string, number>,
): Promise<void> {
  const ids = (...keywords: readonly string[]) => keywords.flatMap((keyword) => services.get(keyword) ?? [])
  const metals = await createRecord(ctx, profile, {
    title: 'Trace metals',
    profileKey: 'metals',
    service: ids('Ca', 'Cu', 'Mg', 'Zn'),
  })
  await createRecord(ctx, profile, {
    title: 'Feed',
    profileKey: 'feed',
    service: ids('DM', 'CaCO3', 'Moist'),
  })
  await createRecord(ctx, profile, {
    title: 'Hard water',
    profileKey: 'hardness',
    service: ids('pH', 'EC', 'Hardness'),
  })
  await createRecord(ctx, template, {
    title: 'Apple pulp, metals',
    sampleType: types.get('AP'),
    analysisProfile: metals.id,
  })
  for (const [prefix, title] of [
    ['AP', 'Apple Pulp'],
    ['H2O', 'Water'],
  ] as const) {
    await createRecord(ctx, specification, {
      title,
      sampleType: types.get(prefix),
      resultsRange: [
        { keyword: 'Ca', min: '9', max: '11', error: '10' },
        { keyword: 'Cu', min: '0', max: '0.5', error: '10' },
        { keyword: 'Mg', min: '3', max: '6', error: '10' },
        { keyword: 'Zn', min: '0', max: '1', error: '10' },
        { keyword: 'pH', min: '6.5', max: '8.5', error: '0' },
      ],
    })
  }
}

async function seedReferences(ctx: Context, services: ReadonlyMap<string, number>): Promise<void> {
  const { rows } = await listServices(ctx, services)
  const expected = (blank: boolean) =>
    rows.map(({ uid, target }) =>
      blank
        ? { uid, result: '0', min: '0', max: '0', error: '0' }
        : { uid, result: String(target), min: String(target * 0.9), max: String(target * 1.1), error: '5' },
    )
  const { id: supplierId } = await createRecord(ctx, supplier, {
    name: 'Reference Materials',
    emailAddress: 'refs@example.org',
  })
  const uids: string[] = []
  for (const [title, blank] of [
    ['Distilled water', true],
    ['Metals, control', false],
  ] as const) {
    const definition = await createRecord(ctx, referenceDefinition, {
      title,
      blank,
      referenceResults: expected(blank),
    })
    uids.push(String(definition.uid))
    await createRecord(ctx, referenceSample, {
      title: `${title}, lot 7`,
      supplier: supplierId,
      referenceDefinition: definition.id,
      blank,
      referenceResults: expected(blank),
      lotNumber: '7',
      expiryDate: new Date(ctx.now().getTime() + 300 * DAY_MS),
    })
  }
  await createRecord(ctx, worksheetTemplate, {
    title: 'Metals, 6 samples',
    service: ['Ca', 'Cu', 'Mg', 'Zn'].flatMap((keyword) => services.get(keyword) ?? []),
    layout: [
      { pos: 1, type: 'b', blank_ref: uids[0] },
      { pos: 2, type: 'c', control_ref: uids[1] },
      ...[3, 4, 5, 6, 7, 8].map((pos) => ({ pos, type: 'a' })),
      { pos: 9, type: 'd', dup: 3 },
    ],
  })
}

async function listServices(
  ctx: Context,
  services: ReadonlyMap<string, number>,
): Promise<{ readonly rows: readonly { readonly uid: string; readonly target: number }[] }> {
  const keywords = ['Ca', 'Cu', 'Mg', 'Zn']
  const found = await findRecords(
    ctx,
    service,
    keywords.flatMap((keyword) => services.get(keyword) ?? []),
  )
  return {
    rows: found.map((row) => ({
      uid: String(row.uid),
      target: SERVICES.find(({ keyword }) => keyword === row.keyword)?.typical ?? 1,
    })),
  }
}
