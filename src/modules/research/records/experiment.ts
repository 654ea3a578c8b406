import {
  day,
  defineRecord,
  instant,
  inverse,
  json,
  longText,
  type Row,
  reference,
  references,
  text,
} from '../../../core/record.ts'
import type { KnownEquipmentState } from '../domain/known-equipment-state.ts'
import { visibleInProject } from './scope.ts'

/** One use of a method on samples. */
export const experimentRecord = defineRecord({
  name: 'research.experiment',
  table: 'research_experiment',
  path: 'experiments',
  label: { one: 'Experiment', many: 'Experiments' },
  titleField: 'name',
  order: ['-id'],
  writer: 'verbs',
  retirable: false,
  large: true,
  permissions: {
    add: 'research.experiment.add',
    change: 'research.experiment.change',
    retire: 'research.experiment.remove',
  },
  listFields: ['name', 'dateCreated', 'sample', 'method', 'staff', 'project'],
  fields: {
    name: text({ label: 'Name', required: true, search: true }),
    dateCreated: day({ label: 'Done on', required: true }),
    sample: reference('research.sample', { label: 'Sample', required: true }),
    method: reference('research.method', { label: 'Method', required: true }),
    staff: reference('research.staff', { label: 'Done by', required: true }),
    project: reference('research.project', { label: 'Project', required: true }),
    user: reference('access.user', { label: 'Recorded by' }),
    notes: longText({ label: 'Notes', search: true, maxLength: 100_000 }),
    experimentFile: text({ label: 'File' }),
    equipment: references(
      'equipment.equipment',
      { table: 'research_experiment_equipment', from: 'experiment_id', to: 'equipment_id' },
      { label: 'Equipment' },
    ),
    equipmentState: json<readonly KnownEquipmentState[]>({ label: 'State of the equipment' }),
    origin: json<Readonly<Record<string, unknown>>>({ label: 'Imported from' }),
    binnedAt: instant({ label: 'In the bin since' }),
    binnedBy: reference('access.user', { label: 'Put into the bin by' }),
    runs: inverse('research.run', 'experiment', 'Steps'),
  },
  scope: visibleInProject,
})

export type Experiment = Row<typeof experimentRecord> & {
  readonly createdAt: Date
  readonly modifiedAt: Date
}
