import type { StatusToken } from '../../theme/tokens.ts'

/** Look of a state of a sample, an analysis or a worksheet. */
const TOKENS: Readonly<Record<string, StatusToken>> = {
  sample_registered: 'none',
  to_be_sampled: 'todo',
  scheduled_sampling: 'todo',
  sampled: 'todo',
  to_be_preserved: 'todo',
  sample_due: 'todo',
  sample_prep: 'todo',
  sample_received: 'none',
  unassigned: 'none',
  assigned: 'none',
  open: 'none',
  attachment_due: 'todo',
  to_be_verified: 'todo',
  verified: 'ok',
  published: 'ok',
  invalid: 'void',
  retracted: 'void',
  rejected: 'void',
  not_requested: 'void',
}

export function stateToken(state: string): StatusToken {
  return TOKENS[state] ?? 'unknown'
}

/** What moves are called on buttons, where the workflow's own title is no verb with an object. */
const VERBS: Readonly<Record<string, string>> = {
  sampling_workflow: 'Plan sampling',
  no_sampling_workflow: 'Skip sampling',
  schedule_sampling: 'Schedule sampling of',
  sample: 'Take',
  preserve: 'Preserve',
  receive: 'Receive',
  sample_prep: 'Prepare',
  sample_prep_complete: 'End preparation of',
  submit: 'Submit',
  verify: 'Verify',
  multi_verify: 'Verify',
  retract: 'Retract',
  retest: 'Retest',
  reject: 'Reject',
  prepublish: 'Publish in part',
  publish: 'Publish',
  republish: 'Publish again',
  retract_ar: 'Invalidate',
  cancel: 'Cancel',
  reinstate: 'Reinstate',
  attach: 'Attach to',
  expire: 'Expire',
  dispose: 'Dispose of',
}

export function verbOf(move: { readonly id: string; readonly title: string }): string {
  return VERBS[move.id] ?? move.title
}

/** Moves that a person explains. */
const EXPLAINED: ReadonlySet<string> = new Set([
  'retract',
  'retest',
  'reject',
  'retract_ar',
  'invalidate',
  'cancel',
])

export function needsReason(move: string): boolean {
  return EXPLAINED.has(move)
}

/** Done at once; everything else is asked about first or stands in a menu. */
const FORWARD: ReadonlySet<string> = new Set([
  'receive',
  'submit',
  'verify',
  'multi_verify',
  'publish',
  'sample',
  'preserve',
  'no_sampling_workflow',
  'sample_prep_complete',
])

export function isForward(move: string): boolean {
  return FORWARD.has(move)
}
