import { Button } from '@mantine/core'
import { IconStar, IconStarFilled } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { followedQuery } from '../../api/followed.ts'
import { preferenceQuery, savePreference } from '../../api/preferences.ts'
import { toast, toastError } from '../../ui/toasts.ts'
import { followedIds, toggled } from './followed-units.ts'

/** Where the server keeps the ids of the units that a person follows. */
const PREFERENCE = 'followed-units'

/** Puts a unit on one's start page, or takes it off. */
export function FollowUnit({ id }: { readonly id: number }): ReactElement {
  const client = useQueryClient()
  const preference = useQuery(preferenceQuery(PREFERENCE))
  const shown = useQuery(followedQuery)
  const followed = followedIds(preference.data, shown.data ?? [])
  const isFollowed = followed.includes(id)
  const save = useMutation({
    mutationFn: (next: readonly number[]) => savePreference(PREFERENCE, next),
    onSuccess: async (_, next) => {
      client.setQueryData(preferenceQuery(PREFERENCE).queryKey, next)
      await client.invalidateQueries({ queryKey: followedQuery.queryKey })
      toast(next.includes(id) ? 'On your start page.' : 'No longer on your start page.', 'none')
    },
    onError: (error) => toastError('This was not stored', error),
  })
  const Star = isFollowed ? IconStarFilled : IconStar
  return (
    <Button
      variant="default"
      leftSection={<Star size={16} stroke={1.7} />}
      aria-pressed={isFollowed}
      disabled={preference.isPending || shown.isPending}
      loading={save.isPending}
      onClick={() => save.mutate(toggled(followed, id))}
    >
      {isFollowed ? 'Unfollow unit' : 'Follow unit'}
    </Button>
  )
}
