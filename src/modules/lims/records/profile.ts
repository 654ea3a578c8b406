import {
  boolean,
  decimal,
  defineRecord,
  json,
  longText,
  reference,
  references,
  text,
} from '../../../core/record.ts'
import { OBJECT_FIELDS, ofLaboratoryOrOwnClient } from './object-fields.ts'

/** Services that are asked for together, of the laboratory or of one client. */
export const profile = defineRecord({
  name: 'lims.profile',
  table: 'lims_profile',
  path: 'profiles',
  label: { one: 'Analysis profile', many: 'Analysis profiles' },
  titleField: 'title',
  listFields: ['title', 'profileKey', 'client', 'analysisProfilePrice'],
  fields: {
    ...OBJECT_FIELDS,
    title: text({ required: true, search: true }),
    description: longText({}),
    client: reference('lims.client', {}),
    profileKey: text({ unique: true, search: true, maxLength: 64, label: 'Key' }),
    service: references(
      'lims.service',
      { table: 'lims_profile_service', from: 'profile_id', to: 'service_id', order: 'position' },
      { label: 'Services' },
    ),
    analysisServicesSettings: json<readonly { readonly uid: string; readonly hidden: boolean }[]>({
      default: [],
      label: 'Hidden services',
    }),
    commercialId: text({ label: 'Commercial ID', column: 'commercial_number' }),
    useAnalysisProfilePrice: boolean({ default: false, label: 'Price of its own' }),
    analysisProfilePrice: decimal({ default: 0, min: 0, label: 'Price' }),
    analysisProfileVat: decimal({ default: 14, min: 0, max: 100, unit: '%', label: 'VAT' }),
    remarks: longText({}),
  },
  scope: ofLaboratoryOrOwnClient,
})
