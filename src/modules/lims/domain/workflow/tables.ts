import type { Machine } from './machine.ts'
import {
  ANALYSIS_STATES,
  type AnalysisState,
  REQUEST_STATES,
  type RequestState,
  SAMPLE_STATES,
  type SampleState,
  WORKSHEET_STATES,
  type WorksheetState,
} from './states.ts'

const REGISTER = ['lims.sample.register']
const TAKE = ['lims.sample.take']
const SCHEDULE = ['lims.sample.schedule']
const PRESERVE = ['lims.sample.preserve']
const RECEIVE = ['lims.sample.receive']
const RESULTS = ['lims.result.enter', 'lims.result.enter-field']
const RETRACT = ['lims.analysis.retract']
const VERIFY = ['lims.analysis.verify']
const PUBLISH = ['lims.sample.publish']
const REJECT = ['lims.sample.reject']
const DISPOSE = ['lims.sample.dispose']
/** Follows from another move; nobody asks for it. */
const SYSTEM: readonly string[] = []

const BEFORE_RECEPTION = [
  'sample_registered',
  'to_be_sampled',
  'scheduled_sampling',
  'sampled',
  'to_be_preserved',
  'sample_due',
] as const

/** Analysis requests (specification 3.2). */
export const REQUEST_MACHINE: Machine<RequestState> = {
  states: REQUEST_STATES,
  moves: [
    {
      id: 'sampling_workflow',
      title: 'Sampling workflow',
      from: ['sample_registered'],
      to: 'to_be_sampled',
      permissions: REGISTER,
    },
    {
      id: 'no_sampling_workflow',
      title: 'No sampling workflow',
      from: ['sample_registered'],
      to: 'sampled',
      permissions: REGISTER,
    },
    {
      id: 'schedule_sampling',
      title: 'Schedule sampling',
      from: ['to_be_sampled'],
      to: 'scheduled_sampling',
      permissions: SCHEDULE,
    },
    {
      id: 'sample',
      title: 'Sample',
      from: ['to_be_sampled', 'scheduled_sampling'],
      to: 'sampled',
      permissions: TAKE,
    },
    {
      id: 'to_be_preserved',
      title: 'To be preserved',
      from: ['sampled'],
      to: 'to_be_preserved',
      permissions: SYSTEM,
    },
    { id: 'sample_due', title: 'Sample due', from: ['sampled'], to: 'sample_due', permissions: SYSTEM },
    { id: 'preserve', title: 'Preserve', from: ['to_be_preserved'], to: 'sample_due', permissions: PRESERVE },
    { id: 'receive', title: 'Receive', from: ['sample_due'], to: 'sample_received', permissions: RECEIVE },
    {
      id: 'sample_prep',
      title: 'Prepare',
      from: ['sample_received'],
      to: 'sample_prep',
      permissions: RECEIVE,
    },
    {
      id: 'sample_prep_complete',
      title: 'Preparation complete',
      from: ['sample_prep'],
      to: 'sample_received',
      permissions: RECEIVE,
    },
    {
      id: 'submit',
      title: 'Submit',
      from: ['to_be_sampled', 'sample_due', 'sample_received'],
      to: 'to_be_verified',
      permissions: RESULTS,
    },
    {
      id: 'await_attachment',
      title: 'Attachment due',
      from: ['sample_due', 'sample_received'],
      to: 'attachment_due',
      permissions: SYSTEM,
    },
    { id: 'attach', title: 'Attach', from: ['attachment_due'], to: 'to_be_verified', permissions: RESULTS },
    { id: 'verify', title: 'Verify', from: ['to_be_verified'], to: 'verified', permissions: VERIFY },
    {
      id: 'retract',
      title: 'Retract',
      from: ['attachment_due', 'to_be_verified'],
      to: 'sample_received',
      permissions: RETRACT,
    },
    {
      id: 'prepublish',
      title: 'Prepublish',
      from: ['sample_received', 'attachment_due', 'to_be_verified'],
      to: 'same',
      permissions: PUBLISH,
    },
    { id: 'publish', title: 'Publish', from: ['verified'], to: 'published', permissions: PUBLISH },
    { id: 'republish', title: 'Republish', from: ['published'], to: 'same', permissions: PUBLISH },
    {
      id: 'retract_ar',
      title: 'Invalidate',
      from: ['verified', 'published'],
      to: 'invalid',
      permissions: ['lims.sample.invalidate'],
    },
    {
      id: 'reject',
      title: 'Reject',
      from: [...BEFORE_RECEPTION, 'sample_prep', 'sample_received', 'attachment_due', 'to_be_verified'],
      to: 'rejected',
      permissions: REJECT,
    },
  ],
}

/** Samples and their partitions (specification 3.4). */
export const SAMPLE_MACHINE: Machine<SampleState> = {
  states: SAMPLE_STATES,
  moves: [
    {
      id: 'sampling_workflow',
      title: 'Sampling workflow',
      from: ['sample_registered'],
      to: 'to_be_sampled',
      permissions: REGISTER,
    },
    {
      id: 'no_sampling_workflow',
      title: 'No sampling workflow',
      from: ['sample_registered'],
      to: 'sampled',
      permissions: REGISTER,
    },
    {
      id: 'schedule_sampling',
      title: 'Schedule sampling',
      from: ['to_be_sampled'],
      to: 'scheduled_sampling',
      permissions: SCHEDULE,
    },
    {
      id: 'sample',
      title: 'Sample',
      from: ['to_be_sampled', 'scheduled_sampling'],
      to: 'sampled',
      permissions: TAKE,
    },
    {
      id: 'to_be_preserved',
      title: 'To be preserved',
      from: ['sampled'],
      to: 'to_be_preserved',
      permissions: SYSTEM,
    },
    { id: 'sample_due', title: 'Sample due', from: ['sampled'], to: 'sample_due', permissions: SYSTEM },
    { id: 'preserve', title: 'Preserve', from: ['to_be_preserved'], to: 'sample_due', permissions: PRESERVE },
    { id: 'receive', title: 'Receive', from: ['sample_due'], to: 'sample_received', permissions: RECEIVE },
    {
      id: 'sample_prep',
      title: 'Prepare',
      from: ['sample_received'],
      to: 'sample_prep',
      permissions: RECEIVE,
    },
    {
      id: 'sample_prep_complete',
      title: 'Preparation complete',
      from: ['sample_prep'],
      to: 'sample_received',
      permissions: RECEIVE,
    },
    { id: 'expire', title: 'Expire', from: ['sample_received'], to: 'expired', permissions: DISPOSE },
    { id: 'dispose', title: 'Dispose', from: ['expired'], to: 'disposed', permissions: DISPOSE },
    {
      id: 'reject',
      title: 'Reject',
      from: [...BEFORE_RECEPTION, 'sample_prep', 'sample_received'],
      to: 'rejected',
      permissions: REJECT,
    },
  ],
}

/** Analyses of samples (specification 3.3). */
export const ANALYSIS_MACHINE: Machine<AnalysisState> = {
  states: ANALYSIS_STATES,
  moves: [
    {
      id: 'sampling_workflow',
      title: 'Sampling workflow',
      from: ['sample_registered'],
      to: 'to_be_sampled',
      permissions: SYSTEM,
    },
    {
      id: 'no_sampling_workflow',
      title: 'No sampling workflow',
      from: ['sample_registered'],
      to: 'sampled',
      permissions: SYSTEM,
    },
    {
      id: 'schedule_sampling',
      title: 'Schedule sampling',
      from: ['to_be_sampled'],
      to: 'scheduled_sampling',
      permissions: SYSTEM,
    },
    {
      id: 'sample',
      title: 'Sample',
      from: ['to_be_sampled', 'scheduled_sampling'],
      to: 'sampled',
      permissions: SYSTEM,
    },
    {
      id: 'to_be_preserved',
      title: 'To be preserved',
      from: ['sampled'],
      to: 'to_be_preserved',
      permissions: SYSTEM,
    },
    { id: 'sample_due', title: 'Sample due', from: ['sampled'], to: 'sample_due', permissions: SYSTEM },
    { id: 'preserve', title: 'Preserve', from: ['to_be_preserved'], to: 'sample_due', permissions: SYSTEM },
    { id: 'receive', title: 'Receive', from: ['sample_due'], to: 'sample_received', permissions: SYSTEM },
    {
      id: 'sample_prep',
      title: 'Prepare',
      from: ['sample_received'],
      to: 'sample_prep',
      permissions: SYSTEM,
    },
    {
      id: 'sample_prep_complete',
      title: 'Preparation complete',
      from: ['sample_prep'],
      to: 'sample_received',
      permissions: SYSTEM,
    },
    {
      id: 'submit',
      title: 'Submit',
      from: ['to_be_sampled', 'sample_due', 'sample_received'],
      to: 'to_be_verified',
      permissions: RESULTS,
    },
    {
      id: 'await_attachment',
      title: 'Attachment due',
      from: ['to_be_sampled', 'sample_due', 'sample_received'],
      to: 'attachment_due',
      permissions: SYSTEM,
    },
    { id: 'attach', title: 'Attach', from: ['attachment_due'], to: 'to_be_verified', permissions: RESULTS },
    { id: 'verify', title: 'Verify', from: ['to_be_verified'], to: 'verified', permissions: VERIFY },
    {
      id: 'multi_verify',
      title: 'Verify once more',
      from: ['to_be_verified'],
      to: 'same',
      permissions: VERIFY,
    },
    {
      id: 'retract',
      title: 'Retract',
      from: ['attachment_due', 'to_be_verified'],
      to: 'retracted',
      permissions: RETRACT,
    },
    { id: 'retest', title: 'Retest', from: ['to_be_verified'], to: 'verified', permissions: VERIFY },
    {
      id: 'reject',
      title: 'Reject',
      from: ['sample_due', 'sample_received', 'attachment_due', 'to_be_verified'],
      to: 'rejected',
      permissions: ['lims.analysis.reject'],
    },
    {
      id: 'discard',
      title: 'Reject',
      from: [...BEFORE_RECEPTION, 'sample_prep', 'sample_received', 'attachment_due', 'to_be_verified'],
      to: 'rejected',
      permissions: SYSTEM,
    },
    { id: 'publish', title: 'Publish', from: ['verified'], to: 'published', permissions: SYSTEM },
    {
      id: 'redo',
      title: 'Measure again',
      from: ['attachment_due', 'to_be_verified'],
      to: 'sample_received',
      permissions: SYSTEM,
    },
  ],
}

/** Duplicates and reference analyses (specification 3.5). */
export const CONTROL_MACHINE: Machine<AnalysisState> = {
  states: ANALYSIS_STATES,
  moves: [
    { id: 'assign', title: 'Assign', from: ['unassigned'], to: 'assigned', permissions: SYSTEM },
    { id: 'unassign', title: 'Unassign', from: ['assigned'], to: 'unassigned', permissions: SYSTEM },
    { id: 'submit', title: 'Submit', from: ['assigned'], to: 'to_be_verified', permissions: RESULTS },
    {
      id: 'await_attachment',
      title: 'Attachment due',
      from: ['assigned'],
      to: 'attachment_due',
      permissions: SYSTEM,
    },
    { id: 'attach', title: 'Attach', from: ['attachment_due'], to: 'to_be_verified', permissions: RESULTS },
    { id: 'verify', title: 'Verify', from: ['to_be_verified'], to: 'verified', permissions: VERIFY },
    {
      id: 'multi_verify',
      title: 'Verify once more',
      from: ['to_be_verified'],
      to: 'same',
      permissions: VERIFY,
    },
    {
      id: 'retract',
      title: 'Retract',
      from: ['attachment_due', 'to_be_verified'],
      to: 'assigned',
      permissions: RETRACT,
    },
    {
      id: 'reject',
      title: 'Reject',
      from: ['assigned', 'attachment_due', 'to_be_verified'],
      to: 'rejected',
      permissions: ['lims.worksheet.reject'],
    },
    {
      id: 'discard',
      title: 'Reject',
      from: ['assigned', 'attachment_due', 'to_be_verified', 'verified'],
      to: 'rejected',
      permissions: SYSTEM,
    },
  ],
}

/** Worksheets (specification 3.6). */
export const WORKSHEET_MACHINE: Machine<WorksheetState> = {
  states: WORKSHEET_STATES,
  moves: [
    {
      id: 'submit',
      title: 'Submit',
      from: ['open'],
      to: 'to_be_verified',
      permissions: ['lims.worksheet.change'],
    },
    {
      id: 'await_attachment',
      title: 'Attachment due',
      from: ['open'],
      to: 'attachment_due',
      permissions: SYSTEM,
    },
    { id: 'attach', title: 'Attach', from: ['attachment_due'], to: 'to_be_verified', permissions: RESULTS },
    { id: 'verify', title: 'Verify', from: ['to_be_verified'], to: 'verified', permissions: VERIFY },
    {
      id: 'retract',
      title: 'Retract',
      from: ['attachment_due', 'to_be_verified'],
      to: 'open',
      permissions: RETRACT,
    },
    {
      id: 'reopen',
      title: 'Reopen',
      from: ['attachment_due', 'to_be_verified', 'verified'],
      to: 'open',
      permissions: SYSTEM,
    },
    {
      id: 'reject',
      title: 'Reject',
      from: ['attachment_due', 'to_be_verified'],
      to: 'rejected',
      permissions: ['lims.worksheet.reject'],
    },
  ],
}

type BatchState = 'open' | 'closed'
export const BATCH_MACHINE: Machine<BatchState> = {
  states: { open: 'Open', closed: 'Closed' },
  moves: [
    { id: 'close', title: 'Close', from: ['open'], to: 'closed', permissions: ['lims.batch.close'] },
    { id: 'open', title: 'Reopen', from: ['closed'], to: 'open', permissions: ['lims.batch.close'] },
  ],
}

type ReferenceSampleState = 'current' | 'expired' | 'disposed'
export const REFERENCE_SAMPLE_MACHINE: Machine<ReferenceSampleState> = {
  states: { current: 'Current', expired: 'Expired', disposed: 'Disposed' },
  moves: [
    {
      id: 'expire',
      title: 'Expire',
      from: ['current'],
      to: 'expired',
      permissions: ['lims.reference.manage'],
    },
    {
      id: 'dispose',
      title: 'Dispose',
      from: ['current', 'expired'],
      to: 'disposed',
      permissions: ['lims.reference.manage'],
    },
  ],
}

/** From these on nothing is cancelled any more. */
export const NEVER_CANCELLED: ReadonlySet<RequestState> = new Set([
  'verified',
  'published',
  'invalid',
  'rejected',
])

const UNRECEIVED: ReadonlySet<string> = new Set(BEFORE_RECEPTION)

export function isBeforeReception(state: string): boolean {
  return UNRECEIVED.has(state)
}
