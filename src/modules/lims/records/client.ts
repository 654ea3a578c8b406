import {
  boolean,
  choice,
  defineRecord,
  inverse,
  json,
  longText,
  references,
  text,
} from '../../../core/record.ts'
import { REPORT_LANGUAGES } from '../domain/report-language.ts'
import { clientsOf, OBJECT_FIELDS } from './object-fields.ts'
import { ORGANISATION_FIELDS } from './organisation-fields.ts'

/** Whose specification a request starts from. */
export const SPECIFICATION_SOURCES = {
  ar_specs: 'Chosen for each sample',
  lab_sampletype_specs: 'Of the laboratory, by sample type',
  client_sampletype_specs: 'Of the client, by sample type',
}

/** An organisation that has samples analysed. */
export const client = defineRecord({
  name: 'lims.client',
  table: 'lims_client',
  path: 'clients',
  label: { one: 'Client', many: 'Clients' },
  titleField: 'name',
  listFields: ['name', 'clientId', 'emailAddress', 'phone', 'objectId'],
  fields: {
    ...OBJECT_FIELDS,
    ...ORGANISATION_FIELDS,
    clientId: text({
      required: true,
      unique: true,
      search: true,
      label: 'Client ID',
      pattern: /^[A-Za-z0-9_-]+$/,
      maxLength: 64,
    }),
    description: longText({}),
    bulkDiscount: boolean({ default: false, label: 'Bulk discount', group: 'Prices' }),
    memberDiscountApplies: boolean({ default: false, label: 'Member discount applies', group: 'Prices' }),
    ccEmails: text({ label: 'CC e-mails', group: 'Reports', maxLength: 2000 }),
    emailSubject: json<readonly string[]>({ label: 'E-mail subject', group: 'Reports', default: ['ar'] }),
    defaultCategories: references(
      'lims.category',
      { table: 'lims_client_default_category', from: 'client_id', to: 'category_id' },
      { label: 'Default categories' },
    ),
    restrictedCategories: references(
      'lims.category',
      { table: 'lims_client_restricted_category', from: 'client_id', to: 'category_id' },
      { label: 'Restricted categories' },
    ),
    defaultArSpecs: choice(SPECIFICATION_SOURCES, {
      default: 'ar_specs',
      label: 'Specifications',
      group: 'Reports',
    }),
    defaultDecimalMark: boolean({ default: true, label: "The laboratory's decimal mark", group: 'Reports' }),
    decimalMark: choice(
      { '.': 'Point', ',': 'Comma' },
      { default: '.', label: 'Decimal mark', group: 'Reports' },
    ),
    reportLanguage: choice(REPORT_LANGUAGES, { default: 'en', label: 'Language', group: 'Reports' }),
    licenses: json<readonly Readonly<Record<string, string>>[]>({ default: [] }),
    contacts: inverse('lims.contact', 'client', 'Contacts'),
  },
  scope: clientsOf,
})
