import type { WireSampleRow } from '../../../../src/dialects/native/lims/samples.schema.ts'

interface OfferedMove {
  readonly id: string
  readonly title: string
  readonly from: readonly string[]
  /** Any of them. */
  readonly permissions: readonly string[]
}

const BEFORE_RECEPTION = ['sample_registered', 'to_be_sampled', 'scheduled_sampling', 'sampled', 'sample_due']

/**
 * What a list offers for many samples at once. Lists carry no moves of their lines, because guards would make each line
 * cost as much as its page; the server refuses what is not allowed, and then moves none.
 */
const OFFERED: readonly OfferedMove[] = [
  {
    id: 'sample',
    title: 'Take',
    from: ['to_be_sampled', 'scheduled_sampling'],
    permissions: ['lims.sample.take'],
  },
  { id: 'preserve', title: 'Preserve', from: ['to_be_preserved'], permissions: ['lims.sample.preserve'] },
  { id: 'receive', title: 'Receive', from: ['sample_due'], permissions: ['lims.sample.receive'] },
  { id: 'verify', title: 'Verify', from: ['to_be_verified'], permissions: ['lims.analysis.verify'] },
  { id: 'publish', title: 'Publish', from: ['verified'], permissions: ['lims.sample.publish'] },
  { id: 'republish', title: 'Republish', from: ['published'], permissions: ['lims.sample.publish'] },
  {
    id: 'retract',
    title: 'Retract',
    from: ['attachment_due', 'to_be_verified'],
    permissions: ['lims.analysis.retract'],
  },
  {
    id: 'retract_ar',
    title: 'Invalidate',
    from: ['verified', 'published'],
    permissions: ['lims.sample.invalidate'],
  },
  {
    id: 'reject',
    title: 'Reject',
    from: [...BEFORE_RECEPTION, 'sample_received', 'to_be_verified'],
    permissions: ['lims.sample.reject'],
  },
  {
    id: 'cancel',
    title: 'Cancel',
    from: BEFORE_RECEPTION,
    permissions: ['lims.sample.cancel', 'lims.sample.cancel-due'],
  },
]

const REINSTATE: OfferedMove = {
  id: 'reinstate',
  title: 'Reinstate',
  from: [],
  permissions: ['lims.sample.cancel', 'lims.sample.cancel-due'],
}

/** The moves that every one of the samples can make, as far as their states tell and somebody may. */
export function movesForAll(
  samples: readonly Pick<WireSampleRow, 'state' | 'cancelled'>[],
  may: (permission: string) => boolean,
): readonly { readonly id: string; readonly title: string }[] {
  const isPermitted = ({ permissions }: OfferedMove): boolean => permissions.some(may)
  if (samples.every(({ cancelled }) => cancelled)) return isPermitted(REINSTATE) ? [REINSTATE] : []
  if (samples.some(({ cancelled }) => cancelled)) return []
  return OFFERED.filter(
    (move) => isPermitted(move) && samples.every(({ state }) => move.from.includes(state)),
  )
}
