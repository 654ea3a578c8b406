import { boolean, defineRecord, json, longText, reference, references } from '../../../core/record.ts'
import { OBJECT_FIELDS, ofOwnClient } from './object-fields.ts'
import { PERSON_FIELDS } from './person-fields.ts'

/** A person of a client; with a user account they see that client's samples. */
export const contact = defineRecord({
  name: 'lims.contact',
  table: 'lims_contact',
  path: 'contacts',
  label: { one: 'Contact', many: 'Contacts' },
  titleField: 'fullname',
  listFields: ['fullname', 'client', 'emailAddress', 'businessPhone', 'user'],
  fields: {
    ...OBJECT_FIELDS,
    client: reference('lims.client', { required: true }),
    ...PERSON_FIELDS,
    description: longText({}),
    publicationPreference: json<readonly string[]>({ label: 'Publication preference', default: ['email'] }),
    attachmentsPermitted: boolean({ default: false, label: 'Gets attachments' }),
    ccContact: references(
      'lims.contact',
      { table: 'lims_contact_cc', from: 'contact_id', to: 'cc_contact_id' },
      { label: 'Contacts to CC' },
    ),
    user: reference('access.user', { unique: true, label: 'User account' }),
  },
  scope: ofOwnClient,
})
