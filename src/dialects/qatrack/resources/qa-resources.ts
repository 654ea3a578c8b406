import { equals } from '../../../core/query.ts'
import { assignmentExtras } from './assignment-extras.ts'
import { categoryExtras } from './category-extras.ts'
import { contentTypeFilter } from './content-types.ts'
import { BY_USERS, declareResource, NUMBER, STAMPS, TEXT, to } from './declare-resource.ts'
import { RESULTS } from './result-resource.ts'
import { sessionExtras } from './session-extras.ts'
import type { WireResource } from './wire-resource.ts'

/** Sessions and results that were voided do not exist for this API. */
export const NOT_VOIDED = equals('voidedAt', null)

/** `/api/qa/`, also `/api/qc/`: tests, lists, assignments and their results. */
export const QA_RESOURCES: readonly WireResource[] = [
  declareResource({
    path: 'qa/frequencies',
    title: 'Frequency',
    record: 'machine-qa.frequency',
    fields: 'name slug recurrences nominal_interval window_start window_end',
    filters: { name: TEXT, slug: TEXT, nominal_interval: NUMBER, window_start: NUMBER, window_end: NUMBER },
  }),
  declareResource({
    path: 'qa/testinstancestatus',
    title: 'Test Instance Status',
    record: 'machine-qa.status',
    fields: 'name slug description is_default requires_review export_by_default valid colour',
    filters: {
      name: TEXT,
      slug: TEXT,
      description: 'IC',
      is_default: 'E',
      requires_review: 'E',
      export_by_default: 'E',
      valid: 'E',
    },
  }),
  declareResource({
    path: 'qa/autoreviewrules',
    title: 'Auto Review Rule',
    record: 'machine-qa.auto-review-rule',
    fields: 'pass_fail status',
    filters: { status: to('qa/testinstancestatus'), pass_fail: 'E' },
  }),
  declareResource({
    path: 'qa/autoreviewrulesets',
    title: 'Auto Review Rule Set',
    record: 'machine-qa.auto-review-rule-set',
    fields: 'name is_default rules',
    order: ['id'],
    filters: { rules: to('qa/autoreviewrules'), name: TEXT, is_default: 'E' },
  }),
  declareResource({
    path: 'qa/references',
    title: 'Reference',
    record: 'machine-qa.reference',
    fields: 'name type value created modified created_by modified_by',
    filters: { ...BY_USERS, type: 'E', name: TEXT, value: NUMBER, ...STAMPS },
  }),
  declareResource({
    path: 'qa/tolerances',
    title: 'Tolerance',
    record: 'machine-qa.tolerance',
    fields:
      'name type act_low tol_low tol_high act_high mc_pass_choices mc_tol_choices bool_warning_only created_date modified_date created_by modified_by',
    filters: {
      type: 'E',
      name: TEXT,
      act_low: NUMBER,
      tol_low: NUMBER,
      tol_high: NUMBER,
      act_high: NUMBER,
      mc_pass_choices: 'IC IN',
      mc_tol_choices: 'IC IN',
      bool_warning_only: 'E',
    },
  }),
  declareResource({
    path: 'qa/categories',
    title: 'Category',
    record: 'machine-qa.category',
    fields: 'name slug description lft rght tree_id level parent',
    order: ['name'],
    ordering: ['name', 'slug', 'description', 'parent'],
    extra: categoryExtras,
    filters: { name: TEXT, slug: TEXT, description: 'IC' },
  }),
  declareResource({
    path: 'qa/tests',
    title: 'Test',
    record: 'machine-qa.test',
    fields:
      'name display_name slug description procedure chart_visibility type flag_when hidden skip_without_comment require_comment display_image choices constant_value wrap_low wrap_high calculation_procedure formatting created modified category autoreviewruleset created_by modified_by',
    order: ['id'],
    // a test without a display name of its own is shown under its name
    extra: async (_presenting, rows) =>
      new Map(rows.map((row) => [row.id, { display_name: row.displayName || row.name }])),
    filters: {
      ...BY_USERS,
      category: to('qa/categories'),
      type: 'E',
      name: TEXT,
      slug: TEXT,
      description: 'IC',
      procedure: 'IC',
      chart_visibility: 'E',
      hidden: 'E',
      skip_without_comment: 'E',
      display_image: 'E',
      choices: 'IC IN',
      constant_value: NUMBER,
      ...STAMPS,
    },
  }),
  declareResource({
    path: 'qa/unittestinfos',
    title: 'Unit Test Info',
    record: 'machine-qa.unit-test-info',
    fields: 'active unit test reference tolerance assigned_to',
    filters: {
      unit: to('units/units'),
      test: to('qa/tests'),
      reference: to('qa/references'),
      tolerance: to('qa/tolerances'),
      active: 'E',
    },
  }),
  declareResource({
    path: 'qa/testlists',
    title: 'Test List',
    record: 'machine-qa.test-list',
    fields:
      'name slug description javascript created modified warning_message created_by modified_by tests test_lists',
    emptyTexts: 'description warning_message',
    order: ['id'],
    filters: {
      ...BY_USERS,
      tests: to('qa/tests'),
      utcs: to('qa/unittestcollections', 'assignments'),
      name: TEXT,
      slug: TEXT,
      description: 'IC',
      warning_message: 'IC',
      ...STAMPS,
    },
  }),
  declareResource({
    path: 'qa/testlistmemberships',
    title: 'Test List Membership',
    record: 'machine-qa.test-list-membership',
    fields: 'order test_list test',
    filters: { test_list: to('qa/testlists'), test: to('qa/tests'), order: 'E IN' },
  }),
  declareResource({
    path: 'qa/sublists',
    title: 'Sublist',
    record: 'machine-qa.sublist',
    fields: 'outline order parent child',
    filters: { parent: to('qa/testlists'), child: to('qa/testlists'), order: 'E IN', outline: 'E' },
  }),
  declareResource({
    path: 'qa/unittestcollections',
    title: 'Unit Test Collection',
    record: 'machine-qa.assignment',
    fields:
      'tests_object next_test_list next_day due_date auto_schedule active object_id name unit frequency assigned_to content_type last_instance visible_to',
    pageSize: 10,
    extra: assignmentExtras,
    filters: {
      unit: to('units/units'),
      frequency: to('qa/frequencies'),
      assigned_to: to('auth/groups'),
      visible_to: to('auth/groups'),
      last_instance: to('qa/testlistinstances'),
      test_list: to('qa/testlists'),
      test_list_cycle: to('qa/testlistcycles'),
      due_date: 'mm',
      auto_schedule: 'E',
      active: 'E',
      name: TEXT,
      content_type: contentTypeFilter,
    },
  }),
  RESULTS,
  declareResource({
    path: 'qa/testlistinstances',
    title: 'Test List Instance',
    record: 'machine-qa.session',
    fields:
      'attachments comments test_instances site_url work_started work_completed due_date in_progress flagged user_key include_for_scheduling reviewed all_reviewed day created modified unit_test_collection test_list reviewed_by created_by modified_by',
    pageSize: 10,
    within: NOT_VOIDED,
    extra: sessionExtras,
    filters: {
      ...BY_USERS,
      attachments: to('attachments/attachments'),
      unit_test_collection: to('qa/unittestcollections'),
      test_list: to('qa/testlists'),
      reviewed_by: to('auth/users'),
      due_date: 'E IN mm',
      in_progress: 'E',
      include_for_scheduling: 'E',
      all_reviewed: 'E',
      reviewed: 'E mm',
      day: 'E IN',
      user_key: 'E',
      work_started: 'E IN mm',
      work_completed: 'E IN mm',
      created: 'E IN mm',
      modified: 'E IN mm',
    },
  }),
  declareResource({
    path: 'qa/testlistcycles',
    title: 'Test List Cycle',
    record: 'machine-qa.test-list-cycle',
    fields:
      'name slug description javascript created modified drop_down_label day_option_text created_by modified_by test_lists',
    emptyTexts: 'description',
    order: ['id'],
    filters: {
      ...BY_USERS,
      test_lists: to('qa/testlists'),
      utcs: to('qa/unittestcollections', 'assignments'),
      name: TEXT,
      slug: TEXT,
      description: 'IC',
      drop_down_label: 'IC IN',
      day_option_text: 'IC IN',
      ...STAMPS,
    },
  }),
  declareResource({
    path: 'qa/testlistcyclememberships',
    title: 'Test List Cycle Membership',
    record: 'machine-qa.test-list-cycle-membership',
    fields: 'order test_list cycle',
    filters: { test_list: to('qa/testlists'), cycle: to('qa/testlistcycles'), order: 'E IN' },
  }),
]
