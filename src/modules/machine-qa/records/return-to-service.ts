import { defineRecord, instant, reference } from '../../../core/record.ts'

/** QA that a unit needs before it is used again after service. */
export const returnToService = defineRecord({
  name: 'machine-qa.return-to-service',
  table: 'qa_return_to_service',
  path: 'return-to-service',
  label: { one: 'Return-to-service QA', many: 'Return-to-service QA' },
  titleField: 'datetimeAssigned',
  order: ['-datetimeAssigned', '-id'],
  listFields: [
    'serviceEvent',
    'unitTestCollection',
    'datetimeAssigned',
    'testListInstance',
    'userAssignedBy',
  ],
  fields: {
    serviceEvent: reference('machine-qa.service-event', { required: true }),
    unitTestCollection: reference('machine-qa.assignment', {
      required: true,
      column: 'assignment_id',
      label: 'Assignment',
    }),
    testListInstance: reference('machine-qa.session', { column: 'session_id', label: 'Session' }),
    datetimeAssigned: instant({ label: 'Assigned' }),
    userAssignedBy: reference('access.user', { label: 'Assigned by' }),
  },
  permissions: { view: 'machine-qa.return-to-service.view' },
  retirable: false,
})
