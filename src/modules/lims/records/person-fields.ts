import { json, text } from '../../../core/record.ts'
import type { Address } from './organisation-fields.ts'

/** What people of clients, suppliers and the laboratory have in common (specification 2.2.1). */
export const PERSON_FIELDS = {
  salutation: text({}),
  firstname: text({ required: true, search: true, label: 'First name' }),
  middleinitial: text({ label: 'Middle initial' }),
  middlename: text({ label: 'Middle name' }),
  surname: text({ required: true, search: true }),
  fullname: text({ required: true, readOnly: true, search: true, label: 'Full name', maxLength: 800 }),
  emailAddress: text({ label: 'E-mail address', search: true }),
  businessPhone: text({ label: 'Business phone', group: 'Contact' }),
  businessFax: text({ label: 'Business fax', group: 'Contact' }),
  homePhone: text({ label: 'Home phone', group: 'Contact' }),
  mobilePhone: text({ label: 'Mobile phone', group: 'Contact' }),
  jobTitle: text({ label: 'Job title' }),
  physicalAddress: json<Partial<Address>>({ label: 'Physical address', group: 'Addresses' }),
  postalAddress: json<Partial<Address>>({ label: 'Postal address', group: 'Addresses' }),
}
