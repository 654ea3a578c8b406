import { type Condition, compare } from '../../../core/query.ts'
import { invalidInput } from '../../../core/refusal.ts'
import type { WireFilter } from './wire-resource.ts'

/** Kinds of objects as the documented system numbers them; the numbers are this server's own and never change. */
export const CONTENT_TYPES = [
  ['qa', 'testlist'],
  ['qa', 'testlistcycle'],
  ['qa', 'test'],
  ['qa', 'testlistinstance'],
  ['qa', 'testinstance'],
  ['qa', 'unittestcollection'],
  ['qa', 'unittestinfo'],
  ['qa', 'reference'],
  ['qa', 'tolerance'],
  ['qa', 'category'],
  ['qa', 'frequency'],
  ['qa', 'testinstancestatus'],
  ['qa', 'autoreviewrule'],
  ['qa', 'autoreviewruleset'],
  ['qa', 'testlistmembership'],
  ['qa', 'sublist'],
  ['qa', 'testlistcyclemembership'],
  ['units', 'unit'],
  ['units', 'unittype'],
  ['units', 'unitclass'],
  ['units', 'modality'],
  ['units', 'site'],
  ['units', 'vendor'],
  ['units', 'unitavailabletime'],
  ['units', 'unitavailabletimeedit'],
  ['auth', 'user'],
  ['auth', 'group'],
  ['attachments', 'attachment'],
  ['service_log', 'serviceevent'],
  ['service_log', 'returntoserviceqa'],
  ['parts', 'part'],
  ['faults', 'fault'],
].map(([appLabel = '', model = ''], index) => ({ id: index + 1, appLabel, model }))

export const TEST_LIST_TYPE = 1
export const CYCLE_TYPE = 2

/** `content_type=<id>` of assignments: lists, or cycles; every other kind is no choice. */
export const contentTypeFilter: Extract<WireFilter, { kind: 'own' }> = {
  kind: 'own',
  parse: ({ parameter, value, words }): Condition | undefined => {
    if (words.length > 0) return undefined
    if (value === String(TEST_LIST_TYPE)) return compare('testList', 'isnull', false)
    if (value === String(CYCLE_TYPE)) return compare('testListCycle', 'isnull', false)
    throw invalidInput(parameter, NOT_A_CHOICE)
  },
}

export const NOT_A_CHOICE = 'Select a valid choice. That choice is not one of the available choices.'
