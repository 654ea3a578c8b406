import { defineRecord, longText, number, type Row, reference, text } from '../../../core/record.ts'

/** A device or procedure that samples are made or examined with. */
export const methodRecord = defineRecord({
  name: 'research.method',
  table: 'research_method',
  path: 'methods',
  label: { one: 'Method', many: 'Methods' },
  description: 'Procedures of an institute. Their numbers are part of sample ids.',
  titleField: 'name',
  order: ['id'],
  fields: {
    name: text({ label: 'Name', required: true, search: true }),
    institute: reference('research.institute', { label: 'Institute', required: true }),
    description: longText({ label: 'Description', search: true }),
    equipment: reference('equipment.equipment', { label: 'Equipment' }),
    massTolerance: number({
      label: 'Tolerance of the mass balance',
      unit: '%',
      min: 0,
      max: 100,
      help: 'A step whose outputs differ from its inputs by more is flagged.',
    }),
    file: text({
      label: 'Description of the data',
      readOnly: true,
      help: 'Name of the ZIP that says how the data of this method are laid out.',
    }),
  },
})

export type Method = Row<typeof methodRecord>
