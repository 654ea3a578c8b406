import { defineRecord, text } from '../../../core/record.ts'

/** A treatment or imaging modality, such as a photon or electron energy. */
export const modality = defineRecord({
  name: 'machine-qa.modality',
  table: 'qa_modality',
  path: 'modalities',
  label: { one: 'Modality', many: 'Modalities' },
  titleField: 'name',
  fields: { name: text({ required: true, unique: true, search: true }) },
})
