import { json, text } from '../../../core/record.ts'

export type Address = Readonly<Record<'address' | 'city' | 'zip' | 'state' | 'district' | 'country', string>>

/** What a client, a supplier and the laboratory itself have in common (specification 2.2.1). */
export const ORGANISATION_FIELDS = {
  name: text({ required: true, unique: true, search: true }),
  taxNumber: text({ label: 'VAT number', group: 'Organisation' }),
  phone: text({ group: 'Organisation' }),
  fax: text({ group: 'Organisation' }),
  emailAddress: text({ label: 'E-mail address', group: 'Organisation', search: true }),
  physicalAddress: json<Partial<Address>>({ label: 'Physical address', group: 'Addresses' }),
  postalAddress: json<Partial<Address>>({ label: 'Postal address', group: 'Addresses' }),
  billingAddress: json<Partial<Address>>({ label: 'Billing address', group: 'Addresses' }),
  accountType: text({ label: 'Account type', group: 'Bank' }),
  accountName: text({ label: 'Account name', group: 'Bank' }),
  accountNumber: text({ label: 'Account number', group: 'Bank' }),
  bankName: text({ label: 'Bank', group: 'Bank' }),
  bankBranch: text({ label: 'Bank branch', group: 'Bank' }),
}
