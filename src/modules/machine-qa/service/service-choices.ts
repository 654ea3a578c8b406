import { asSystem, type Context, requirePermission } from '../../../context.ts'
import { all, type Condition, compare, equals } from '../../../core/query.ts'
import type { RecordType } from '../../../core/record.ts'
import type { AnyRow } from '../../../platform/records/row-codec.ts'
import { listRecords } from '../../records/list-records.ts'
import { groupLinker } from '../records/group-linker.ts'
import { serviceEventStatus } from '../records/service-event-status.ts'
import { serviceEventTemplate } from '../records/service-event-template.ts'
import { serviceType } from '../records/service-type.ts'
import { thirdParty } from '../records/third-party.ts'
import { unitServiceArea } from '../records/unit-service-area.ts'
import { findPeopleWithHours, type NamedPerson } from '../store/service-people.ts'
import { findAssignmentsOfUnits, type UnitAssignment } from '../store/unit-assignments.ts'

/** What can be chosen for a service event of a unit. */
export type ServiceChoices = {
  readonly areas: readonly AnyRow[]
  readonly types: readonly AnyRow[]
  readonly statuses: readonly AnyRow[]
  readonly templates: readonly AnyRow[]
  readonly thirdParties: readonly AnyRow[]
  readonly linkers: readonly AnyRow[]
  readonly people: readonly NamedPerson[]
  readonly assignments: readonly UnitAssignment[]
}

const MOST = 1000

/** @param unitId nothing that depends on the unit unless given */
export async function serviceChoices(ctx: Context, unitId: number | undefined): Promise<ServiceChoices> {
  requirePermission(ctx, 'machine-qa.service-event.view')
  const system = asSystem(ctx, 'service log')
  const rows = async (record: RecordType, where?: Condition) => {
    const living = compare('retiredAt', 'isnull', true)
    const query = { where: where ? all(living, where) : living, order: [], limit: MOST, offset: 0 }
    return (await listRecords(system, record, query, { total: 'none' })).rows
  }
  const [areas, types, statuses, templates, thirdParties, linkers] = await Promise.all([
    unitId === undefined ? [] : rows(unitServiceArea, equals('unit', unitId)),
    rows(serviceType, equals('isActive', true)),
    rows(serviceEventStatus),
    rows(serviceEventTemplate),
    rows(thirdParty),
    rows(groupLinker),
  ])
  const [people, assignments] = await Promise.all([
    findPeopleWithHours(ctx.db),
    unitId === undefined ? [] : findAssignmentsOfUnits(ctx.db, [unitId]),
  ])
  const order = (row: AnyRow) => Number(row.order ?? 0)
  return {
    ...{ areas, types, templates, thirdParties, linkers, people, assignments },
    statuses: statuses.toSorted((a, b) => order(a) - order(b) || a.id - b.id),
  }
}
