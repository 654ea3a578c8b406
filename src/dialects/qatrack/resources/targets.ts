/** The resource that shows each record, for links. */
const RESOURCE_OF: Readonly<Record<string, string>> = {
  'access.user': 'auth/users',
  'access.group': 'auth/groups',
  'equipment.site': 'units/sites',
  'machine-qa.vendor': 'units/vendors',
  'machine-qa.unit-class': 'units/unitclasses',
  'machine-qa.unit-type': 'units/unittypes',
  'machine-qa.modality': 'units/modalities',
  'machine-qa.unit': 'units/units',
  'machine-qa.available-time': 'units/availabletimes',
  'machine-qa.available-time-edit': 'units/availabletimeedits',
  'machine-qa.frequency': 'qa/frequencies',
  'machine-qa.status': 'qa/testinstancestatus',
  'machine-qa.auto-review-rule': 'qa/autoreviewrules',
  'machine-qa.auto-review-rule-set': 'qa/autoreviewrulesets',
  'machine-qa.reference': 'qa/references',
  'machine-qa.tolerance': 'qa/tolerances',
  'machine-qa.category': 'qa/categories',
  'machine-qa.test': 'qa/tests',
  'machine-qa.unit-test-info': 'qa/unittestinfos',
  'machine-qa.test-list': 'qa/testlists',
  'machine-qa.test-list-membership': 'qa/testlistmemberships',
  'machine-qa.sublist': 'qa/sublists',
  'machine-qa.test-list-cycle': 'qa/testlistcycles',
  'machine-qa.test-list-cycle-membership': 'qa/testlistcyclememberships',
  'machine-qa.assignment': 'qa/unittestcollections',
  'machine-qa.session': 'qa/testlistinstances',
  'machine-qa.result': 'qa/testinstances',
  'machine-qa.attachment': 'attachments/attachments',
  'machine-qa.comment': 'comments/comments',
}

/** @throws Error for a record that this API does not show: a defect of a declaration */
export function resourceOf(record: string): string {
  const resource = RESOURCE_OF[record]
  if (resource === undefined) throw new Error(`no resource shows ${record}`)
  return resource
}
