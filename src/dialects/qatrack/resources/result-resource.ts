import { equals } from '../../../core/query.ts'
import { BY_USERS, declareResource, NUMBER, STAMPS, TEXT, to } from './declare-resource.ts'
import { resultExtras } from './result-extras.ts'
import type { WireResource } from './wire-resource.ts'

/** `/api/qa/testinstances/`. */
export const RESULTS: WireResource = declareResource({
  path: 'qa/testinstances',
  title: 'Test Instance',
  record: 'machine-qa.result',
  fields:
    'attachments review_date pass_fail value string_value date_value datetime_value json_value skipped comment work_started work_completed order created modified status reviewed_by reference tolerance unit_test_info test_list_instance created_by modified_by',
  within: equals('voided', false),
  extra: resultExtras,
  filters: {
    ...BY_USERS,
    attachments: to('attachments/attachments'),
    status: to('qa/testinstancestatus'),
    reviewed_by: to('auth/users'),
    reference: to('qa/references'),
    tolerance: to('qa/tolerances'),
    unit_test_info: to('qa/unittestinfos'),
    test_list_instance: to('qa/testlistinstances'),
    pass_fail: 'E',
    review_date: 'E mm',
    value: NUMBER,
    string_value: TEXT,
    comment: TEXT,
    skipped: 'E',
    work_started: 'E mm',
    work_completed: 'E mm',
    ...STAMPS,
  },
})
