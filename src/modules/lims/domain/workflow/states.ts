/** States of samples and their partitions (specification 3.4). */
export const SAMPLE_STATES = {
  sample_registered: 'Registered',
  to_be_sampled: 'To be sampled',
  scheduled_sampling: 'Scheduled sampling',
  sampled: 'Sampled',
  to_be_preserved: 'To be preserved',
  sample_due: 'Sample due',
  sample_prep: 'Sample preparation',
  sample_received: 'Received',
  expired: 'Expired',
  disposed: 'Disposed',
  rejected: 'Rejected',
}
export type SampleState = keyof typeof SAMPLE_STATES

/** States of analysis requests (specification 3.2). */
export const REQUEST_STATES = {
  sample_registered: 'Registered',
  to_be_sampled: 'To be sampled',
  scheduled_sampling: 'Scheduled sampling',
  sampled: 'Sampled',
  to_be_preserved: 'To be preserved',
  sample_due: 'Sample due',
  sample_prep: 'Sample preparation',
  sample_received: 'Received',
  attachment_due: 'Attachment due',
  to_be_verified: 'To be verified',
  verified: 'Verified',
  published: 'Published',
  invalid: 'Invalid',
  rejected: 'Rejected',
}
export type RequestState = keyof typeof REQUEST_STATES

/** States of analyses of all kinds (specification 3.3 and 3.5). */
export const ANALYSIS_STATES = {
  sample_registered: 'Registered',
  to_be_sampled: 'To be sampled',
  scheduled_sampling: 'Scheduled sampling',
  sampled: 'Sampled',
  to_be_preserved: 'To be preserved',
  sample_due: 'Sample due',
  sample_prep: 'Sample preparation',
  sample_received: 'Received',
  unassigned: 'Unassigned',
  assigned: 'Assigned',
  attachment_due: 'Attachment due',
  to_be_verified: 'To be verified',
  verified: 'Verified',
  published: 'Published',
  retracted: 'Retracted',
  rejected: 'Rejected',
  not_requested: 'Not requested',
}
export type AnalysisState = keyof typeof ANALYSIS_STATES

/** States of worksheets (specification 3.6). */
export const WORKSHEET_STATES = {
  open: 'Open',
  attachment_due: 'Attachment due',
  to_be_verified: 'To be verified',
  verified: 'Verified',
  rejected: 'Rejected',
}
export type WorksheetState = keyof typeof WORKSHEET_STATES

/** What an analysis is: of a sample, a control, or a copy left behind in a rejected worksheet. */
export const ANALYSIS_KINDS = {
  routine: 'Analysis',
  duplicate: 'Duplicate',
  reference: 'Reference',
  reject: 'Rejected copy',
}
export type AnalysisKind = keyof typeof ANALYSIS_KINDS
