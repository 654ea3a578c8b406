import type { KeptState } from '../../ui/use-kept-state.ts'

/** Whether what is arranged is stored, and where it is if not. */
export function keptNote({
  isChanged,
  restoredAt,
}: Pick<KeptState<unknown>, 'isChanged' | 'restoredAt'>): string {
  if (restoredAt !== undefined) return 'Goes on from what you had arranged here; not saved yet'
  return isChanged ? 'Changes kept on this device, not saved yet' : 'No changes'
}
