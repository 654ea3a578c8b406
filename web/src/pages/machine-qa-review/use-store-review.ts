import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { WireSessionDetails } from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { ApiError } from '../../api/api-error.ts'
import { reviewSession } from '../../api/machine-qa/sessions.ts'
import { toast, toastError } from '../../ui/toasts.ts'

export interface StoreReview {
  readonly mutate: (statuses: Readonly<Record<string, number>>) => void
  readonly isPending: boolean
  /** what the server said when somebody else was faster */
  readonly conflict: string | undefined
}

/** Stores the statuses of a session in the version that was looked at, then goes on. */
export function useStoreReview(
  { id, version }: Pick<WireSessionDetails, 'id' | 'version'>,
  onStored: () => void,
): StoreReview {
  const client = useQueryClient()
  const store = useMutation({
    mutationFn: (statuses: Readonly<Record<string, number>>) => reviewSession(id, { version, statuses }),
    onSuccess: async () => {
      toast('Review stored.')
      onStored()
      await client.invalidateQueries({ queryKey: ['machine-qa'] })
      await client.invalidateQueries({ queryKey: ['for-you'] })
      await client.invalidateQueries({ queryKey: ['list'] })
    },
    onError: (error) => {
      if (!isConflict(error)) toastError('The review was not stored', error)
    },
  })
  return {
    mutate: store.mutate,
    isPending: store.isPending,
    conflict: isConflict(store.error) ? store.error.message : undefined,
  }
}

function isConflict(error: Error | null): error is ApiError {
  return error instanceof ApiError && error.kind === 'conflict'
}
