import type { Context } from '../../context.ts'
import { all, compare, equals, parseOrder } from '../../core/query.ts'
import { contact } from '../../modules/machine-qa/records/contact.ts'
import { serviceArea } from '../../modules/machine-qa/records/service-area.ts'
import { serviceEventStatus } from '../../modules/machine-qa/records/service-event-status.ts'
import { serviceType } from '../../modules/machine-qa/records/service-type.ts'
import { session } from '../../modules/machine-qa/records/session.ts'
import { thirdParty } from '../../modules/machine-qa/records/third-party.ts'
import { unitServiceArea } from '../../modules/machine-qa/records/unit-service-area.ts'
import { vendor } from '../../modules/machine-qa/records/vendor.ts'
import { reportFault } from '../../modules/machine-qa/service/report-fault.ts'
import { reviewFaults } from '../../modules/machine-qa/service/review-faults.ts'
import { createServiceEvent } from '../../modules/machine-qa/service/save-service-event.ts'
import { listRecords } from '../../modules/records/list-records.ts'
import { createRecord } from '../../modules/records/save-record.ts'
import { type Random, seededRandom, seedOf } from '../random.ts'
import type { DemoPeople } from '../seed-accounts.ts'
import { type DemoUnits, idOf, makeNamed } from './seed-department.ts'
import { countParts, type DemoStock, seedParts } from './seed-parts.ts'
import { actingAt, type DemoProgramme, idsByName } from './seed-programme.ts'
import {
  CONTACTS,
  type DemoService,
  PASSING_FAULTS,
  SERVICE_AREAS,
  SERVICES,
  THIRD_PARTIES,
} from './service.data.ts'
import { type DemoUnit, UNIT_TYPES, UNITS } from './units.data.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Service comes at about this distance; faults that pass by themselves more often. */
const USUAL_DAYS_BETWEEN = 34
const USUAL_DAYS_BETWEEN_FAULTS = 30
/** What is younger is not reviewed yet. */
const REVIEW_DAYS = 15

type Parts = {
  readonly ctx: Context
  readonly people: DemoPeople
  readonly units: DemoUnits
  readonly programme: DemoProgramme
  readonly days: number
}

type Seeding = Parts & {
  readonly stock: ReadonlyMap<string, DemoStock>
  /** areas by number of the unit and name */
  readonly areas: ReadonlyMap<string, number>
  readonly types: ReadonlyMap<string, number>
  readonly statuses: ReadonlyMap<string, number>
  /** people of vendors, by vendor */
  readonly thirdParties: ReadonlyMap<string, number>
}

/** Two years of service, faults and parts, and one machine that waits for its return-to-service QA. */
export async function seedService(parts: Parts): Promise<void> {
  const { ctx, people } = parts
  const opened = new Date(ctx.now().getTime() - (parts.days + 30) * DAY_MS)
  const opening = actingAt(ctx, people.actor('physicist'), opened)
  const seeding: Seeding = {
    ...parts,
    stock: await seedParts(opening),
    areas: await seedAreas(opening, parts.units),
    types: await idsByName(ctx, serviceType),
    statuses: await idsByName(ctx, serviceEventStatus),
    thirdParties: await seedThirdParties(opening),
  }
  for (const unit of UNITS) await serveUnit(seeding, unit)
  await countParts(
    actingAt(ctx, people.actor('physicist'), new Date(ctx.now().getTime() - DAY_MS)),
    seeding.stock,
  )
  await seedOpenEvent(seeding)
  await seedFaults(seeding)
}

function classOf(unit: DemoUnit): string {
  return UNIT_TYPES.find(({ name }) => name === unit.type)?.unitClass ?? ''
}

function vendorOf(unit: DemoUnit): string {
  return UNIT_TYPES.find(({ name }) => name === unit.type)?.vendor ?? ''
}

async function seedAreas(ctx: Context, units: DemoUnits): Promise<ReadonlyMap<string, number>> {
  const names = [...new Set(Object.values(SERVICE_AREAS).flat())].toSorted()
  const ids = await makeNamed(ctx, serviceArea, names)
  const areas = new Map<string, number>()
  for (const unit of UNITS) {
    for (const name of SERVICE_AREAS[classOf(unit)] ?? []) {
      const values = { unit: idOf(units, unit.number), serviceArea: idOf(ids, name) }
      areas.set(`${unit.number} ${name}`, (await createRecord(ctx, unitServiceArea, values)).id)
    }
  }
  return areas
}

async function seedThirdParties(ctx: Context): Promise<ReadonlyMap<string, number>> {
  const vendors = await idsByName(ctx, vendor)
  const ids = new Map<string, number>()
  for (const { vendor: of, ...name } of THIRD_PARTIES)
    ids.set(of, (await createRecord(ctx, thirdParty, { ...name, vendor: idOf(vendors, of) })).id)
  for (const { vendor: of, ...values } of CONTACTS)
    await createRecord(ctx, contact, { ...values, vendor: of === undefined ? null : idOf(vendors, of) })
  return ids
}

async function serveUnit(seeding: Seeding, unit: DemoUnit): Promise<void> {
  const random = seededRandom(seedOf('service', unit.number))
  const kinds = SERVICES.filter(({ of }) => of === classOf(unit))
  for (let daysAgo = seeding.days - 5; daysAgo > 2; ) {
    await serve(seeding, unit, {
      service: random.pick(kinds),
      at: workingTime(seeding, daysAgo, random),
      random,
    })
    daysAgo -= Math.max(4, Math.round(USUAL_DAYS_BETWEEN * (1 + random.normal() / 3)))
  }
}

/** Some time of a working day. */
function workingTime({ ctx }: Parts, daysAgo: number, random: Random): Date {
  const midnight = Math.floor(ctx.now().getTime() / DAY_MS) * DAY_MS
  return new Date(midnight - daysAgo * DAY_MS + (12 + random.below(8)) * HOUR_MS)
}

type Occasion = { readonly service: DemoService; readonly at: Date; readonly random: Random }

async function serve(seeding: Seeding, unit: DemoUnit, { service, at, random }: Occasion): Promise<void> {
  const { ctx, people, statuses } = seeding
  const physicist = people.actor('physicist')
  const factor = 0.7 + random.next() * 0.6
  const after = new Date(at.getTime() + (service.lostH + 1) * HOUR_MS)
  const returned = service.needsQa ? await returnOf(seeding, unit, after) : undefined
  const isOld = ctx.now().getTime() - at.getTime() > REVIEW_DAYS * DAY_MS
  const isReturned = returned === undefined || returned.allReviewed
  const status = isOld && isReturned ? 'Approved' : 'Service Complete'
  const faultId = service.fault === undefined ? undefined : await fault(seeding, unit, service.fault, at)
  const lostS = Math.round(service.lostH * factor * 4) * 900
  const workS = Math.max(900, Math.round(service.workH * factor * 4) * 900)
  const taken = service.part === undefined ? undefined : seeding.stock.get(service.part)
  const vendorPerson = service.byVendor ? seeding.thirdParties.get(vendorOf(unit)) : undefined
  await createServiceEvent(actingAt(ctx, physicist, at), {
    event: {
      unitServiceArea: idOf(seeding.areas, `${unit.number} ${service.area}`),
      serviceType: idOf(seeding.types, service.type),
      serviceStatus: idOf(statuses, status),
      datetimeService: at,
      problemDescription: service.problem,
      workDescription: service.work,
      durationServiceTime: workS,
      durationLostTime: lostS,
      isReviewRequired: service.type !== 'Minor',
    },
    hours: [
      { user: physicist.id, time: service.byVendor ? 3600 : workS },
      ...(vendorPerson === undefined ? [] : [{ thirdParty: vendorPerson, time: workS }]),
    ],
    partsUsed: taken === undefined ? [] : [{ ...taken, quantity: 1 }],
    returns: returned === undefined ? [] : [returned.row],
    ...(faultId === undefined ? {} : { faults: [faultId] }),
  })
}

/** The daily list of a unit, with the session that was performed next after the service. */
async function returnOf({ ctx, programme }: Seeding, unit: DemoUnit, after: Date) {
  const daily = programme.assignments.find(
    ({ unitNumber, declared }) => unitNumber === unit.number && /daily/i.test(declared.work),
  )
  if (!daily) return undefined
  const where = all(
    equals('unitTestCollection', daily.id),
    equals('inProgress', false),
    compare('workCompleted', 'gte', after),
  )
  const { rows } = await listRecords(
    ctx,
    session,
    { where, order: [parseOrder('workCompleted')], limit: 1, offset: 0 },
    { total: 'none', relations: 'none' },
  )
  const [next] = rows
  if (!next) return undefined
  return {
    row: { unitTestCollection: daily.id, testListInstance: next.id },
    allReviewed: next.allReviewed === true,
  }
}

/** The HDR afterloader is being repaired now; its daily QA has to be performed before it is used again. */
async function seedOpenEvent(seeding: Seeding): Promise<void> {
  const { ctx, people, programme } = seeding
  const unit = UNITS.find(({ name }) => name === 'HDR 1')
  const daily = programme.assignments.find(
    ({ unitNumber, declared }) => unitNumber === unit?.number && /daily/i.test(declared.work),
  )
  if (!unit || !daily) throw new Error('the demonstration has lost its afterloader')
  const at = new Date(ctx.now().getTime() - 3 * HOUR_MS)
  const faultId = await fault(seeding, unit, 'OBSTRUCTION', at)
  await createServiceEvent(actingAt(ctx, people.actor('physicist'), at), {
    event: {
      unitServiceArea: idOf(seeding.areas, `${unit.number} Source drive`),
      serviceType: idOf(seeding.types, 'Safety Systems'),
      datetimeService: at,
      problemDescription: 'Check cable reports an obstruction in channel 3.',
      safetyPrecautions: 'Survey meter at hand; nobody enters while the source is out.',
    },
    returns: [{ unitTestCollection: daily.id }],
    faults: [faultId],
    comment: 'Vendor is informed and comes this afternoon.',
  })
}

async function fault({ ctx, people, units }: Parts, unit: DemoUnit, code: string, at: Date): Promise<number> {
  const reported = new Date(at.getTime() - HOUR_MS)
  const { id } = await reportFault(actingAt(ctx, people.actor('therapist'), reported), {
    unit: idOf(units, unit.number),
    codes: [code],
    occurred: reported,
  })
  return id
}

/** Faults that passed by themselves; all but the newest were looked at. */
async function seedFaults(seeding: Seeding): Promise<void> {
  const { ctx, people, days } = seeding
  const reviewed: number[] = []
  for (const unit of UNITS) {
    const random = seededRandom(seedOf('faults', unit.number))
    const codes = PASSING_FAULTS[classOf(unit)] ?? []
    for (let daysAgo = days - 3; daysAgo > 0; ) {
      const id = await fault(seeding, unit, random.pick(codes), workingTime(seeding, daysAgo, random))
      if (daysAgo > REVIEW_DAYS) reviewed.push(id)
      daysAgo -= Math.max(1, Math.round(USUAL_DAYS_BETWEEN_FAULTS * (1 + random.normal() / 2)))
    }
  }
  await reviewFaults(actingAt(ctx, people.actor('reviewer'), ctx.now()), reviewed)
}
