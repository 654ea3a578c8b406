import { equals, related } from '../../../core/query.ts'
import { BY_USERS, declareResource, TEXT, to } from './declare-resource.ts'
import type { WireResource } from './wire-resource.ts'

const NOT_DELETED = equals('isActive', true)

/** `/api/servicelog/`: what was done to units, by whom, and what has to be performed before they are used again. */
export const SERVICE_RESOURCES: readonly WireResource[] = [
  declareResource({
    path: 'servicelog/serviceareas',
    title: 'Service Area',
    record: 'machine-qa.service-area',
    fields: 'name units',
    filters: { units: to('units/units'), name: TEXT },
    writes: { readOnly: 'units' },
  }),
  declareResource({
    path: 'servicelog/unitserviceareas',
    title: 'Unit Service Area',
    record: 'machine-qa.unit-service-area',
    fields: 'notes unit service_area',
    order: ['unit.number', 'serviceArea.name'],
    filters: { unit: to('units/units'), service_area: to('servicelog/serviceareas'), notes: TEXT },
    writes: {},
  }),
  declareResource({
    path: 'servicelog/servicetypes',
    title: 'Service Type',
    record: 'machine-qa.service-type',
    fields: 'name is_review_required is_active description',
    filters: { name: TEXT, description: TEXT, is_review_required: 'E', is_active: 'E' },
    writes: {},
  }),
  declareResource({
    path: 'servicelog/serviceeventstatus',
    title: 'Service Event Status',
    record: 'machine-qa.service-event-status',
    fields: 'name is_default is_review_required rts_qa_must_be_reviewed description colour order',
    filters: {
      name: TEXT,
      description: TEXT,
      colour: TEXT,
      is_review_required: 'E',
      is_default: 'E',
      rts_qa_must_be_reviewed: 'E',
    },
    writes: {},
  }),
  declareResource({
    path: 'servicelog/serviceevents',
    title: 'Service Event',
    record: 'machine-qa.service-event',
    fields:
      'due_date include_for_scheduling datetime_status_changed datetime_created datetime_service datetime_modified ' +
      'safety_precautions problem_description work_description duration_service_time duration_lost_time ' +
      'is_review_required is_active unit_service_area service_type service_status user_status_changed_by ' +
      'user_created_by user_modified_by test_list_instance_initiated_by service_event_template ' +
      'service_event_schedule service_event_related',
    order: ['-datetimeService', '-id'],
    within: NOT_DELETED,
    filters: {
      unit_service_area: to('servicelog/unitserviceareas'),
      service_type: to('servicelog/servicetypes'),
      service_event_related: to('servicelog/serviceevents'),
      service_status: to('servicelog/serviceeventstatus'),
      user_status_changed_by: to('auth/users'),
      user_created_by: to('auth/users'),
      user_modified_by: to('auth/users'),
      test_list_instance_initiated_by: to('qa/testlistinstances'),
      datetime_status_changed: 'E mm',
      datetime_created: 'E mm',
      datetime_service: 'E mm',
      datetime_modified: 'E mm',
      safety_precautions: TEXT,
      problem_description: TEXT,
      duration_service_time: 'lte gte',
      duration_lost_time: 'lte gte',
      is_review_required: 'E',
    },
    writes: { required: 'datetime_created user_created_by', nonNull: 'datetime_created user_created_by' },
  }),
  declareResource({
    path: 'servicelog/serviceeventschedule',
    title: 'Service Event Schedule',
    record: 'machine-qa.service-event-schedule',
    fields:
      'due_date auto_schedule active unit_service_area frequency assigned_to service_event_template last_instance visible_to',
    filters: {
      unit_service_area: to('servicelog/unitserviceareas'),
      frequency: to('qa/frequencies'),
      assigned_to: to('auth/groups'),
      due_date: 'mm',
      auto_schedule: 'E',
      active: 'E',
    },
    writes: { required: 'frequency visible_to', readOnly: 'last_instance', nonEmpty: 'visible_to' },
  }),
  declareResource({
    path: 'servicelog/serviceeventtemplate',
    title: 'Service Event Template',
    record: 'machine-qa.service-event-template',
    fields:
      'problem_description work_description is_review_required name created modified service_type service_area ' +
      'created_by modified_by return_to_service_test_lists return_to_service_cycles',
    filters: {
      service_type: to('servicelog/servicetypes'),
      service_area: to('servicelog/serviceareas'),
      ...BY_USERS,
      created: 'E',
      modified: 'E',
      problem_description: TEXT,
      work_description: TEXT,
      is_review_required: 'E',
    },
    writes: { readOnly: 'created modified created_by modified_by' },
  }),
  declareResource({
    path: 'servicelog/thirdparty',
    title: 'Third Party',
    record: 'machine-qa.third-party',
    fields: 'first_name last_name vendor',
    order: ['id'],
    filters: { vendor: to('units/vendors'), first_name: TEXT, last_name: TEXT },
    writes: {},
  }),
  declareResource({
    path: 'servicelog/hours',
    title: 'Hours',
    record: 'machine-qa.hours',
    fields: 'time service_event third_party user',
    within: related('serviceEvent', NOT_DELETED),
    filters: {
      service_event: to('servicelog/serviceevents'),
      third_party: to('servicelog/thirdparty'),
      time: 'lte gte',
    },
    writes: { required: 'third_party user' },
  }),
  declareResource({
    path: 'servicelog/returntoserviceqa',
    title: 'Return To Service QA',
    record: 'machine-qa.return-to-service',
    fields: 'datetime_assigned unit_test_collection test_list_instance user_assigned_by service_event',
    order: ['-datetimeAssigned', '-id'],
    within: related('serviceEvent', NOT_DELETED),
    filters: {
      unit_test_collection: to('qa/unittestcollections'),
      test_list_instance: to('qa/testlistinstances'),
      user_assigned_by: to('auth/users'),
      service_event: to('servicelog/serviceevents'),
      datetime_assigned: 'E mm',
    },
    writes: { required: 'datetime_assigned user_assigned_by', nonNull: 'datetime_assigned user_assigned_by' },
  }),
  declareResource({
    path: 'servicelog/grouplinker',
    title: 'Group Linker',
    record: 'machine-qa.group-linker',
    fields: 'name multiple required description help_text group',
    order: ['id'],
    filters: { group: to('auth/groups'), name: TEXT, description: TEXT, help_text: 'IC' },
    writes: { required: 'group' },
  }),
  declareResource({
    path: 'servicelog/grouplinkerinstance',
    title: 'Group Linker Instance',
    record: 'machine-qa.group-linker-instance',
    fields: 'datetime_linked group_linker user service_event',
    within: related('serviceEvent', NOT_DELETED),
    filters: {
      group_linker: to('servicelog/grouplinker'),
      user: to('auth/users'),
      service_event: to('servicelog/serviceevents'),
      datetime_linked: 'E mm',
    },
    writes: { required: 'datetime_linked', nonNull: 'datetime_linked' },
  }),
]
